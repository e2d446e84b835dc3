import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, onTestFinished } from 'vitest';
import { nodeDisk } from '#player-agent/disk/node-disk.ts';
import { ensureSigner, grantPath } from '#player-agent/identity.ts';
import { systemClock, wait } from '#runtime/clock.ts';
import { localDayAt } from '#runtime/day-table.ts';
import { sha256 } from '#runtime/signing.ts';
import { verifyLogFiles } from '#runtime/verify-log-file.ts';
import type { Interval } from '#schemas/primitives.ts';
import { type Logged, loggedBroadcasts } from '#tests/support/evidence.ts';
import { soundSpans } from '#tests/support/heard.ts';
import { startProgram } from '#tests/support/program.ts';
import { startPulse } from '#tests/support/pulse.ts';
import { recordSink } from '#tests/support/sink-recording.ts';
import { makeWithFfmpeg } from '#tests/support/speech.ts';
import { temporaryFolder } from '#tests/support/temporary-folder.ts';
import { openStationAtBroker } from './real-station.ts';
import { idOf, playlistOf, sessionOf, type TestClip, ZONE } from './station.ts';

/** The first sound comes so long after the village was founded. */
const START_IN_MS = 5_000;
/** A life that is killed lasts at the most so long, with its start; the clip outlasts them all. */
const LIFE_S = 25;
const LAST_LIFE_MS = 3_000;
/** For so long the order that ends the session holds. */
const ORDER_MS = 60_000;
/** What a kill may cost of what sounded: the time between two checkpoints. */
const UNCLAIMED_MS = 5_000;
/** Recording and log agree on an edge within this, as in a day of real speech. */
const EDGE_MS = 400;
/** A tone has no pauses; what a crowded machine drops of it does not make two of it. */
const MAX_PAUSE_MS = 300;

const serve = async (clip: TestClip): Promise<string> => {
  const server = createServer((_, response) => response.end(clip.bytes));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/clips`;
};

const makeTone = async (folder: string, seconds: number): Promise<TestClip> => {
  const path = join(folder, 'tone.mp3');
  const tone = ['-f', 'lavfi', '-i', `sine=frequency=440:duration=${seconds}:sample_rate=48000`];
  await makeWithFfmpeg(...tone, '-ac', '1', '-b:a', '96k', path);
  const bytes = await readFile(path);
  return { bytes, sha256: sha256(bytes), durationMs: seconds * 1_000 };
};

/** A speaker's machine with a session of one long tone that begins in a moment. */
export const foundTone = async (kills: number) => {
  const clock = systemClock();
  const folder = await temporaryFolder();
  const clip = await makeTone(folder, (kills + 1) * LIFE_S);
  const pulse = await startPulse();
  onTestFinished(pulse.stop);
  const agentFolder = join(folder, 'agent');
  const signer = await ensureSigner(nodeDisk, agentFolder);
  if (!signer.ok) throw new Error(signer.problem.code);
  const { station, url, password, ...broker } = await openStationAtBroker(clock, signer.value);
  const recording = await recordSink(pulse, join(folder, 'sink.raw'));
  const start = Math.ceil((clock.wallMs() + START_IN_MS) / 1_000) * 1_000;
  const day = localDayAt(start, ZONE);
  station.limit({ quietHours: [] });
  const days = { [day]: station.plan(playlistOf(day, [sessionOf(start, [clip])])) };
  station.point({ days });
  await broker.published();
  const grant = { ...station.grant({ url, password }), clips: { url: await serve(clip) } };
  await nodeDisk.write(grantPath(agentFolder), JSON.stringify(grant));
  const environment = {
    ...pulse.env,
    TIENG_LANG_AGENT_FOLDER: agentFolder,
    TIENG_LANG_AGENT_AUDIO_OUTPUT: 'pulse',
  };
  const publicKey = Buffer.from(signer.value.publicKey).toString('base64');
  return { clock, station, broker, days, recording, environment, agentFolder, publicKey };
};

/** What a session of kills came to. */
export interface KilledPlayback {
  readonly heardMs: number;
  readonly claimedMs: number;
  readonly mostUnclaimedMs: number;
}

/**
 * Kills a real agent with SIGKILL at so many random instants while real mpv plays into a sink that is
 * recorded, and holds its log against the recording.
 */
export const killInPlayback = async (kills: number): Promise<KilledPlayback> => {
  const village = await foundTone(kills);
  const { clock, station, broker, environment } = village;
  const lives = fc.sample(fc.integer({ min: 300, max: 9_000 }), kills);
  for (const lifeMs of lives) {
    const agent = startProgram(['agent'], environment);
    await agent.next('itemSounds');
    await wait(clock, lifeMs);
    await agent.end('SIGKILL');
  }
  const last = startProgram(['agent'], environment);
  await last.next('itemSounds');
  await wait(clock, LAST_LIFE_MS);
  const expiresMs = clock.wallMs() + ORDER_MS;
  station.point({ days: village.days, orders: [{ kind: 'stop', id: idOf(1), expiresMs }] });
  await broker.until(() => {
    const stopped = station.records.findLast(({ kind }) => kind === 'ended');
    return stopped?.kind === 'ended' && stopped.reason === 'stopped';
  });
  await last.end('SIGTERM');

  const recorded = await village.recording.stop();
  const verified = await verifyLogFiles([join(village.agentFolder, 'log')], village.publicKey);
  if (!verified.ok) throw new Error(JSON.stringify(verified.problem));
  const seqs = station.records.map(({ seq }) => seq);
  expect(seqs).toEqual(seqs.map((_, index) => index + 1));
  const spans = (await soundSpans(recorded, MAX_PAUSE_MS)).map(({ fromMs, toMs }) => ({
    fromMs: recorded.wallMsAt(fromMs),
    toMs: recorded.wallMsAt(toMs),
  }));
  expect(spans).toHaveLength(kills + 1);
  return holdAgainstTone(spans, loggedBroadcasts(station.records));
};

const holdAgainstTone = (spans: readonly Interval[], logged: readonly Logged[]): KilledPlayback => {
  let mostUnclaimedMs = 0;
  for (const { audible, uncertaintyMs } of logged) {
    const slackMs = EDGE_MS + uncertaintyMs;
    for (const claim of audible) {
      const span = spans.find(({ fromMs, toMs }) => fromMs < claim.toMs && claim.fromMs < toMs);
      expect(claim.fromMs - (span?.fromMs ?? Infinity)).toBeGreaterThanOrEqual(-slackMs);
      expect(claim.toMs - (span?.toMs ?? -Infinity)).toBeLessThanOrEqual(slackMs);
    }
  }
  const claims = logged.flatMap(({ audible }) => audible);
  for (const span of spans) {
    const inside = claims.filter(({ fromMs, toMs }) => span.fromMs < toMs && fromMs < span.toMs);
    const unclaimedMs = lengthOf([span]) - lengthOf(inside);
    expect(unclaimedMs).toBeLessThanOrEqual(UNCLAIMED_MS + EDGE_MS);
    mostUnclaimedMs = Math.max(mostUnclaimedMs, unclaimedMs);
  }
  return { heardMs: lengthOf(spans), claimedMs: lengthOf(claims), mostUnclaimedMs };
};

const lengthOf = (intervals: readonly Interval[]): number =>
  intervals.reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0);
