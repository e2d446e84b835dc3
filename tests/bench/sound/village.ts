import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { LoggedSession, SessionAgentOrder } from '../../support/processes/session-agent.ts';
import { type PulseServer, startPulse } from '../../support/pulse.ts';
import { recordSink } from '../../support/sink-recording.ts';
import { makeWithFfmpeg, writeSpeech } from '../../support/speech.ts';
import { type BareStart, startBareMpv } from './bare-mpv.ts';
import { type HeardList, heardLists } from './heard-lists.ts';

export const CLIP_MS = 1_000;
const CLIPS = 2;
const LIST_MS = CLIPS * CLIP_MS;
/** A list, and what the agent needs between two. */
const EVERY_MS = LIST_MS + 2_200;
/** mpv alone begins so long after the agents, while they are silent. */
const BARE_AFTER_MS = EVERY_MS / 2;
/** Until the agents have started and fetched their clips. */
const SETTLE_MS = 12_000;

/** A session of the agent, or a list of mpv alone, and what was heard of it. */
export interface Sounded<T> {
  readonly told: T;
  readonly heard: HeardList | null;
}

export interface VillageSound {
  /** By agent, then by session. */
  readonly agents: readonly (readonly Sounded<LoggedSession>[])[];
  readonly bare: readonly (readonly Sounded<BareStart>[])[];
}

const makeClips = async (folder: string): Promise<string[]> => {
  const paths: string[] = [];
  for (let index = 0; index < CLIPS; index += 1) {
    const wav = join(folder, `clip${index}.wav`);
    const path = join(folder, `clip${index}.mp3`);
    await writeSpeech(wav, CLIP_MS / 1000, index * 8);
    await makeWithFfmpeg('-i', wav, '-ac', '1', '-ar', '48000', '-b:a', '96k', path);
    paths.push(path);
  }
  return paths;
};

/** More sinks of the same server. */
const addSink = async (pulse: PulseServer, sink: string): Promise<PulseServer> => {
  await pulse.plugIn(sink);
  return { ...pulse, sink, monitor: `${sink}.monitor` };
};

const runAgent = async (order: SessionAgentOrder, env: NodeJS.ProcessEnv) => {
  const program = fileURLToPath(import.meta.resolve('#tests/support/processes/session-agent.ts'));
  const agent = spawn(process.execPath, [program, JSON.stringify(order)], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [printed] = await Promise.all([text(agent.stdout), once(agent, 'close')]);
  const logged: LoggedSession[] = JSON.parse(printed);
  return logged;
};

/** Two ffmpeg jobs that never end. */
const startCrowd = () => {
  const noise = ['-f', 'lavfi', '-i', 'anoisesrc=r=48000', '-af', 'loudnorm', '-f', 'null', '-'];
  const jobs = [0, 1].map(() =>
    spawn('ffmpeg', ['-nostdin', '-v', 'quiet', ...noise], { stdio: 'ignore' }),
  );
  return () => {
    for (const job of jobs) job.kill('SIGKILL');
  };
};

/**
 * Lets `agents` speakers play the same sessions at the same instants, each on a recorded sink of its
 * own, and mpv alone on as many others in between.
 */
export const hearVillage = async (plan: {
  readonly agents: number;
  readonly sessions: number;
  readonly isCrowded: boolean;
}): Promise<VillageSound> => {
  const folder = await mkdtemp(join(tmpdir(), 'tieng-lang-bench-'));
  const pulse = await startPulse();
  const endCrowd = plan.isCrowded ? startCrowd() : () => undefined;
  try {
    const env = { ...process.env, ...pulse.env };
    const clips = await makeClips(folder);
    const names = Array.from({ length: plan.agents }, (_, index) => index);
    const place = async (name: string) => {
      const sink = await addSink(pulse, name);
      return { sink, recording: await recordSink(sink, join(folder, `${name}.raw`)) };
    };
    const agents = await Promise.all(names.map((index) => place(`agent${index}`)));
    const bare = await Promise.all(names.map((index) => place(`bare${index}`)));
    const firstMs = Date.now() + SETTLE_MS;
    const startsMs = Array.from({ length: plan.sessions }, (_, n) => firstMs + n * EVERY_MS);
    const rest = { startsMs, clips, clipMs: CLIP_MS };
    const logged = Promise.all(
      agents.map(({ sink: { sink } }) =>
        runAgent({ ...rest, sink, folder: join(folder, `${sink}-folder`) }, env),
      ),
    );
    const players = bare.map(({ sink }) => startBareMpv(env, sink.sink));
    const bareStarts: BareStart[][] = players.map(() => []);
    for (const startMs of startsMs) {
      // A second of loading lies before the release.
      await sleep(startMs + BARE_AFTER_MS - 1_000 - Date.now());
      const begun = await Promise.all(players.map((mpv) => mpv.play(clips, LIST_MS)));
      for (const [index, start] of begun.entries()) bareStarts[index]?.push(start);
    }
    for (const mpv of players) mpv.stop();
    const sessions = await logged;
    return {
      agents: await pair(agents, sessions, clips),
      bare: await pair(bare, bareStarts, clips),
    };
  } finally {
    endCrowd();
    await pulse.stop();
    await rm(folder, { recursive: true, force: true });
  }
};

const pair = async <T extends { readonly wantedMs: number }>(
  places: readonly { readonly recording: Awaited<ReturnType<typeof recordSink>> }[],
  told: readonly (readonly T[])[],
  clips: readonly string[],
): Promise<Sounded<T>[][]> => {
  const all: Sounded<T>[][] = [];
  for (const [index, { recording }] of places.entries()) {
    const find = await heardLists(await recording.stop(), clips, CLIP_MS);
    all.push((told[index] ?? []).map((each) => ({ told: each, heard: find(each.wantedMs) })));
  }
  return all;
};
