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

/** A log of one long run, read as the agent reads its own. */
const openLog = () => {
  const log = createSignedLog({ site: 'xa-mau', speaker: SPEAKER, signer: newSigner() });
  const beat = (atMs: number, clock: ClockState = ANCHORED) =>
    void log.append(
      { body: heartbeat, boot: BOOT, posMs: atMs - 1_000_000 },
      { clock: { ...clock } },
    );
  const read = async ({ from, to }: { from: number; to: number }): Promise<Envelope[]> =>
    log.envelopes.slice(from - 1, Math.min(to, from + 49));
  return { beat, dayLog: createDayLog({ head: log.head, read }) };
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
