import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Duplex } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Player } from '#player-agent/ports/player.ts';
import { openSound } from '#player-agent/sound/open-sound.ts';
import { type Clock, systemClock } from '#runtime/clock.ts';
import { createLogger } from '#runtime/logger.ts';
import { heardClips } from '../support/heard.ts';
import { startPulse } from '../support/pulse.ts';
import { monoMs, type Recorded, recordSink } from '../support/sink-recording.ts';
import { makeWithFfmpeg, writeSpeech } from '../support/speech.ts';
import { type Figure, median } from './figure.ts';

const STARTS = 16;
const CLIP_S = 1;
const AHEAD_MS = 1_000;
/** A sound this far from a start belongs to another one. */
const REACH_MS = 1_000;

/** Lets the clip sound at the instant that it returns, of the machine's monotonic clock. */
type Starter = () => Promise<number>;

/** Our player, asked as the agent asks it. */
const oursWith = (player: Player, clock: Clock, path: string): Starter => {
  const originMs = monoMs() - clock.positionMs();
  return async () => {
    const { promise: finished, resolve } = Promise.withResolvers<void>();
    const items = [{ path, durationMs: CLIP_S * 1000 }];
    const prepared = await player.prepare({
      items,
      volume: 100,
      skipMs: 0,
      onEvent: (event) => event.kind === 'finished' && resolve(),
    });
    if (!prepared.ok) throw new Error(prepared.problem.detail);
    const atPosMs = clock.positionMs() + AHEAD_MS;
    prepared.value.start(atPosMs);
    await finished;
    return atPosMs + originMs;
  };
};

/** mpv and nothing else: loaded paused, released by a timer of the runtime. */
const bareMpv = (env: NodeJS.ProcessEnv, path: string): { start: Starter; stop(): void } => {
  const quiet = ['--idle', '--no-video', '--no-config', '--no-terminal', '--pause', '--ao=pulse'];
  const mpv = spawn('mpv', [...quiet, '--input-ipc-client=fd://3'], {
    env,
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const ipc = mpv.stdio[3];
  if (!(ipc instanceof Duplex)) throw new Error('mpv has no connection');
  const command = (...words: unknown[]) => ipc.write(`${JSON.stringify({ command: words })}\n`);
  const start = async () => {
    command('set_property', 'pause', true);
    command('loadfile', path);
    const atMs = monoMs() + AHEAD_MS;
    await sleep(AHEAD_MS);
    command('set_property', 'pause', false);
    await sleep(CLIP_S * 1000 + AHEAD_MS / 2);
    return atMs;
  };
  ipc.resume();
  return { start, stop: () => ipc.end() };
};

/** How far from each start the clip was heard, without sign. */
const errorsOf = async (recorded: Recorded, path: string, starts: readonly number[]) => {
  const heard = await heardClips(recorded, { clip: path });
  const soundedMs = heard.map(({ fromMs, clipFromMs }) => recorded.monoMsAt(fromMs - clipFromMs));
  return starts.map((startMs) => {
    const errors = soundedMs.map((ms) => Math.abs(ms - startMs)).filter((ms) => ms < REACH_MS);
    if (errors.length === 0) throw new Error('A start was not heard');
    return Math.min(...errors);
  });
};

const worstOfTwenty = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.ceil(values.length * 0.95) - 1] ?? Number.NaN;

const figureOf = (what: string, value: number, raw: number): Figure => ({
  figure: `start error on the sink, ${what}`,
  value,
  raw,
  unit: 'ms',
  rawWhat: 'mpv alone, loaded paused, released by a bare timer',
  ratio: value / raw,
});

/** The start error of the agent's player beside mpv alone, taking turns on one recorded sink. */
export async function* figures(): AsyncGenerator<Figure> {
  const folder = await mkdtemp(join(tmpdir(), 'tieng-lang-bench-'));
  const pulse = await startPulse();
  try {
    const env = { ...process.env, ...pulse.env };
    const clock = systemClock();
    const log = createLogger('bench', 'silent');
    const unset = { ao: 'pulse', device: null, mpvPath: null, capture: null, pipeName: 'bench' };
    const opened = await openSound({ clock, log, env, ...unset });
    if (!opened.ok) throw new Error(opened.problem.code);
    await writeSpeech(join(folder, 'clip.wav'), CLIP_S);
    const path = join(folder, 'clip.mp3');
    await makeWithFfmpeg('-i', join(folder, 'clip.wav'), '-ar', '48000', '-b:a', '96k', path);
    const recording = await recordSink(pulse, join(folder, 'sink.raw'));
    const ours = oursWith(opened.value, clock, path);
    const bare = bareMpv(env, path);
    const starts: { ours: number; bare: number }[] = [];
    while (starts.length < STARTS) starts.push({ ours: await ours(), bare: await bare.start() });
    bare.stop();
    await opened.value.close();
    const recorded = await recording.stop();
    const value = await errorsOf(
      recorded,
      path,
      starts.map((start) => start.ours),
    );
    const raw = await errorsOf(
      recorded,
      path,
      starts.map((start) => start.bare),
    );
    yield figureOf('median', median(value), median(raw));
    yield figureOf('95 of 100', worstOfTwenty(value), worstOfTwenty(raw));
  } finally {
    await pulse.stop();
    await rm(folder, { recursive: true, force: true });
  }
}
