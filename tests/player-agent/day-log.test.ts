import { expect, test } from 'vitest';
import { createDayLog } from '#player-agent/make-good/day-log.ts';
import type { Envelope } from '#schemas/envelope.ts';
import type { ClockState } from '#schemas/records/clock-state.ts';
import { createSignedLog, heartbeat, newSigner } from '#tests/support/signed-log.ts';
import { idOf, SPEAKER } from './support/station.ts';

const BOOT = idOf(0xb0);
const ANCHORED: ClockState = { source: 'server', offsetMs: 1_000_000, uncertaintyMs: 20 };
/** The instant, by the anchor, at which the day begins. */
const DAY_MS = 1_500_000;

const anchorAt = (wallMs: number) => ({
  kind: 'clock',
  anchor: { posMs: wallMs - 1_000_000, wallMs },
});

/** A log of one long run, read as the agent reads its own; some of its records may be damaged. */
const openLog = (damaged: ReadonlySet<number> = new Set()) => {
  const log = createSignedLog({ site: 'xa-mau', speaker: SPEAKER, signer: newSigner() });
  const beat = (atMs: number, clock: ClockState = ANCHORED) =>
    void log.append(
      { body: heartbeat, boot: BOOT, posMs: atMs - 1_000_000 },
      { clock: { ...clock } },
    );
  const read = async ({ from, to }: { from: number; to: number }): Promise<Envelope[]> =>
    log.envelopes.slice(from - 1, Math.min(to, from + 49, nextDamaged(from) - 1));
  const nextDamaged = (from: number): number =>
    Math.min(Number.POSITIVE_INFINITY, ...[...damaged].filter((seq) => seq >= from));
  const firstFrom = async (from: number) => {
    const seqs = log.envelopes.map((_, index) => index + 1);
    const seq = seqs.find((one) => one >= from && !damaged.has(one));
    const envelope = log.envelopes[(seq ?? 0) - 1];
    return seq === undefined || envelope === undefined ? undefined : { seq, envelope, bytes: 1 };
  };
  return { beat, dayLog: createDayLog({ head: log.head, read, firstFrom }) };
};

test('a day that begins in the middle of a run is dated from its first record on', async () => {
  const { beat, dayLog } = openLog();
  for (let count = 0; count < 700; count += 1) beat(DAY_MS - 700 + count);
  for (let count = 0; count < 450; count += 1) beat(DAY_MS + count);
  const records = (await dayLog.since(DAY_MS)) ?? [];
  expect(records).toHaveLength(451);
  expect(records[0]).toMatchObject(anchorAt(DAY_MS));
});

test('what is written after the day was first looked at is dated too', async () => {
  const { beat, dayLog } = openLog();
  beat(DAY_MS - 5);
  expect(await dayLog.since(DAY_MS)).toEqual([]);
  beat(DAY_MS + 5);
  beat(DAY_MS + 10);
  const records = (await dayLog.since(DAY_MS)) ?? [];
  expect(records.map(({ kind }) => kind)).toEqual(['clock', 'heartbeat', 'heartbeat']);
  expect(records[0]).toMatchObject(anchorAt(DAY_MS + 5));
});

test.each([
  { why: 'one in the middle', damaged: [6] },
  { why: 'several one after the other', damaged: [6, 7, 8] },
  { why: 'one that was written after the day was first looked at', damaged: [12] },
  { why: 'the last one', damaged: [20] },
])('of damaged records of the day only they are lost: $why', async ({ damaged }) => {
  const { beat, dayLog } = openLog(new Set(damaged));
  for (let count = 0; count < 10; count += 1) beat(DAY_MS + count);
  await dayLog.since(DAY_MS);
  for (let count = 10; count < 20; count += 1) beat(DAY_MS + count);
  const records = (await dayLog.since(DAY_MS)) ?? [];
  const beats = records.filter(({ kind }) => kind === 'heartbeat').map(({ seq }) => seq);
  const all = Array.from({ length: 20 }, (_, index) => index + 1);
  expect(beats).toEqual(all.filter((seq) => !damaged.includes(seq)));
  const behind = records.findIndex(({ seq }) => seq === Math.max(...damaged) + 1);
  if (behind >= 0) expect(records[behind - 1]).toMatchObject({ kind: 'clock' });
});
