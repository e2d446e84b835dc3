import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect } from 'vitest';
import { createPrivateKeyPem, signerFromPem } from '#runtime/signing.ts';
import { verifyLogFiles } from '#runtime/verify-log-file.ts';
import type { Interval } from '#schemas/primitives.ts';
import type { LogRecord } from '#schemas/records/log-record.ts';
import { temporaryFolder } from '#tests/support/temporary-folder.ts';
import { type Life, type Truth, truthSchema } from './killed-life.ts';
import { openStationAtBroker } from './real-station.ts';
import { clipOf, playlistOf, type Station, sessionOf } from './station.ts';

const DAY = '2026-11-23';
const at = (time: string): number => Date.parse(`${DAY}T${time}:00+07:00`);
const HOUR_MS = 3_600_000;
/** What a kill may cost of what sounded: the time between two checkpoints. */
const UNCLAIMED_MS = 5_000;
const clips = [clipOf('ident', 7_000), clipOf('bulletin', 61_000), clipOf('closing', 12_500)];
const program = join(import.meta.dirname, '..', 'processes', 'live-until-killed.ts');

/** A kill: somewhere in the day, or in the minutes around a session, and how long it stays dark. */
const killsAround = (starts: readonly number[]) =>
  fc.record({
    atMs: fc.oneof(
      fc.integer({ min: at('06:00'), max: at('06:00') + starts.length * HOUR_MS }),
      fc
        .tuple(fc.constantFrom(...starts), fc.integer({ min: -5_000, max: 90_000 }))
        .map(([start, after]) => start + after),
    ),
    darkMs: fc.integer({ min: 100, max: 20_000 }),
    turns: fc.integer({ min: 0, max: 60 }),
  });

interface World {
  readonly station: Station;
  readonly life: Omit<Life, 'wallMs' | 'killAtMs' | 'turns' | 'truthPath'>;
  readonly publicKey: string;
  readonly truthPath: string;
  /** Resolves when the station has the log up to this number. */
  readonly hasUpTo: (seq: number) => Promise<void>;
}

const foundWorld = async (starts: readonly number[]): Promise<World> => {
  const folder = await temporaryFolder();
  const privateKeyPem = createPrivateKeyPem();
  const speaker = signerFromPem(privateKeyPem);
  if (speaker === undefined) throw new Error('no key');
  const at6 = { wallMs: () => at('06:00') };
  const { station, url, password, ...broker } = await openStationAtBroker(at6, speaker);
  station.answersTime(false);
  station.limit();
  const list = [clips[0], clips[1], clips[0], clips[2]].flatMap((clip) => clip ?? []);
  const sessions = starts.map((start) => sessionOf(start, list));
  station.point({ days: { [DAY]: station.plan(playlistOf(DAY, sessions)) } });
  await broker.published();
  const clipsFolder = join(folder, 'clips');
  mkdirSync(clipsFolder);
  for (const { sha256, bytes } of clips) writeFileSync(join(clipsFolder, sha256), bytes);
  return {
    station,
    publicKey: Buffer.from(speaker.publicKey).toString('base64'),
    truthPath: join(folder, 'truth.json'),
    life: {
      grant: station.grant({ url, password }),
      ...{ privateKeyPem, clipsFolder, folder: join(folder, 'agent') },
      untilMs: at('07:00') + starts.length * HOUR_MS,
    },
    hasUpTo: (seq) => broker.until(() => station.head().seq >= seq),
  };
};

const live = async (
  { life, truthPath, hasUpTo }: World,
  change: Pick<Life, 'wallMs' | 'killAtMs' | 'turns'>,
): Promise<Truth> => {
  rmSync(truthPath, { force: true });
  const whole: Life = { ...life, ...change, truthPath };
  const child = spawn(process.execPath, [program, JSON.stringify(whole)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  child.stdout.once('data', () => child.stdin.end());
  const [, signal] = await exited;
  expect(signal).toBe(change.killAtMs === null ? null : 'SIGKILL');
  const truth = truthSchema.parse(JSON.parse(readFileSync(truthPath, 'utf8')));
  if (change.killAtMs === null) await hasUpTo(truth.toldSeq - STOP_RECORDS);
  return truth;
};

/** What is written in stopping waits for the next start. */
const STOP_RECORDS = 2;

/** What a day of kills came to. */
export interface KilledDay {
  /** How many records the server has. */
  readonly records: number;
  readonly soundedMs: number;
  /** How many kills cost some of what sounded, and the most that one cost. */
  readonly killedInSound: number;
  readonly mostUnclaimedMs: number;
}

/**
 * Kills a speaker's process with SIGKILL at so many random instants of a day of so many hours, each with
 * a session, beside a real broker and on a real disk, and holds the log that is left against what sounded.
 */
export const killThroughADay = async (runs: number, hours: number): Promise<KilledDay> => {
  const starts = Array.from({ length: hours }, (_, hour) => at('06:30') + hour * HOUR_MS);
  const world = await foundWorld(starts);
  const drawn = fc.sample(killsAround(starts), runs).toSorted((a, b) => a.atMs - b.atMs);
  const truths: Truth[] = [];
  let wallMs = at('05:58');
  for (const { atMs, darkMs, turns } of drawn) {
    truths.push(await live(world, { wallMs, killAtMs: atMs, turns }));
    wallMs = Math.max(wallMs, atMs) + darkMs;
  }
  truths.push(await live(world, { wallMs, killAtMs: null, turns: 0 }));
  const verified = await verifyLogFiles([join(world.life.folder, 'log')], world.publicKey);
  if (!verified.ok) throw new Error(JSON.stringify(verified.problem));
  const { records } = world.station;
  expect(truths.flatMap(({ faults }) => faults)).toEqual([]);
  expect(records.map(({ seq }) => seq)).toEqual(records.map((_, index) => index + 1));
  for (const { toldSeq } of truths) {
    expect(toldSeq).toBeLessThanOrEqual(verified.value.records);
  }
  const unclaimed = truths.map((truth) => expectHonest(records, truth));
  return {
    records: records.length,
    soundedMs: truths.reduce((sum, { sounded }) => sum + lengthOf(sounded), 0),
    killedInSound: unclaimed.filter((ms) => ms > 0).length,
    mostUnclaimedMs: Math.max(...unclaimed),
  };
};

/** Gives how much of what sounded is not claimed. */
const expectHonest = (records: readonly LogRecord[], { boot, sounded }: Truth): number => {
  const claims = records
    .filter((record) => record.kind === 'ended')
    .filter((record) => record.boot === boot)
    .flatMap(({ audible }) => audible);
  for (const { fromMs, toMs } of claims) {
    expect(sounded.some((truth) => truth.fromMs <= fromMs && toMs <= truth.toMs)).toBe(true);
  }
  const sorted = claims.toSorted((a, b) => a.fromMs - b.fromMs);
  const overlaps = sorted.filter(({ fromMs }, index) => fromMs < (sorted[index - 1]?.toMs ?? 0));
  expect(overlaps).toEqual([]);
  const unclaimedMs = lengthOf(sounded) - lengthOf(claims);
  expect(unclaimedMs).toBeLessThanOrEqual(UNCLAIMED_MS);
  return unclaimedMs;
};

const lengthOf = (intervals: readonly Interval[]): number =>
  intervals.reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0);
