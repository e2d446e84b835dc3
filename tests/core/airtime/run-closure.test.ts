import fc from 'fast-check';
import { expect, test } from 'vitest';
import { audibleOf } from '#core/airtime/audible.ts';
import { isInRun, longestRun } from '#core/airtime/runs.ts';
import { isSound, type Sound } from '#core/airtime/sounds.ts';
import { plannedSessionId } from '#schemas/session.ts';
import { longestRunOf } from './naive/longest-run.ts';
import { cases } from './support/cases.ts';
import { speakerA } from './support/ids.ts';
import { createLogWriter } from './support/log-writer.ts';

const session = plannedSessionId(0);

/** What sounded in one boot; instants are small, so that gaps are often just at the bound. */
interface Told {
  readonly boot: number;
  /** Clocks go backwards between boots, and within a boot from one item to the next. */
  readonly offsetMs: number;
  readonly fromMs: number;
  readonly lengthMs: number;
  readonly pauseMs: number;
}

const told = (boots: number): fc.Arbitrary<Told> =>
  fc.record({
    boot: fc.integer({ min: 1, max: boots }),
    offsetMs: fc.oneof(fc.constantFrom(0, 100, 50), fc.integer({ min: 0, max: 400 })),
    fromMs: fc.integer({ min: 0, max: 120 }),
    lengthMs: fc.integer({ min: 1, max: 25 }),
    pauseMs: fc.integer({ min: 0, max: 12 }),
  });

const toSound = ({ boot, offsetMs, fromMs, lengthMs, pauseMs }: Told, seq: number): Sound => {
  const halfMs = fromMs + Math.ceil(lengthMs / 2);
  const toMs = fromMs + lengthMs + pauseMs;
  const audible = [
    { fromMs, toMs: halfMs },
    { fromMs: halfMs + pauseMs, toMs },
  ];
  const writer = createLogWriter(speakerA).item({ session, fromMs, toMs, audible });
  const [record] = writer.records.map((one) => ({ ...one, seq }));
  if (record === undefined) throw new Error('one record');
  const dated = { boot, holeBefore: false, offsetMs, afterInstant: false, witness: true };
  const line = { record, ...dated, audible: audibleOf(record) };
  if (!isSound(line)) throw new Error('an item');
  return line;
};

const sounds = (boots: number, maxLength: number): fc.Arbitrary<readonly Sound[]> =>
  fc
    .array(told(boots), { maxLength })
    .map((all) => all.sort((a, b) => a.boot - b.boot).map((one, index) => toSound(one, index + 1)));

const sessionOf = (boots: number) =>
  fc.record({
    heard: sounds(boots, 14),
    emergencies: sounds(boots, 3),
    maxGapMs: fc.integer({ min: 0, max: 20 }),
  });

const naively = (all: readonly Sound[]) =>
  all.map(({ record, boot, offsetMs }) => ({
    ...{ record, boot, offsetMs: offsetMs ?? Number.NaN, isFuture: false },
  }));

test.each([1, 3, 7])('the run is all that is near to one another, in %i boots at most', (boots) => {
  fc.assert(
    fc.property(sessionOf(boots), ({ heard, emergencies, maxGapMs }) => {
      const run = longestRun(heard, maxGapMs, emergencies);
      const naive = longestRunOf(naively(heard), naively(emergencies), maxGapMs);
      const members = heard.filter((sound) => isInRun(sound, run));
      expect(run.airtimeMs).toBe(naive.airtimeMs);
      expect(members.map(({ record }) => record.seq)).toEqual(
        [...naive.seqs].sort((a, b) => a - b),
      );
    }),
    cases(500),
  );
});

test('a run never becomes shorter by what is heard of later', () => {
  const partly = sessionOf(5).chain((whole) =>
    fc
      .tuple(fc.subarray([...whole.heard]), fc.subarray([...whole.emergencies]))
      .map(([heard, emergencies]) => ({ whole, some: { ...whole, heard, emergencies } })),
  );
  fc.assert(
    fc.property(partly, ({ whole, some }) => {
      const early = longestRun(some.heard, some.maxGapMs, some.emergencies);
      const late = longestRun(whole.heard, whole.maxGapMs, whole.emergencies);
      expect(late.airtimeMs).toBeGreaterThanOrEqual(early.airtimeMs);
    }),
    cases(500),
  );
});
