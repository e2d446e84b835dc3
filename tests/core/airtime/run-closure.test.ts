import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lengthOf, unionOf } from '#core/airtime/intervals.ts';
import { airtimeMsOf, longestRun } from '#core/airtime/runs.ts';
import { cases } from './support/cases.ts';
import { bothFind, soundsOfBoots } from './support/random-session.ts';

test.each([1, 3, 7])('the run is all that is near to one another, in %i boots at most', (boots) => {
  fc.assert(
    fc.property(soundsOfBoots(boots), (one) => {
      const { run, naive } = bothFind(one);
      expect(run).toEqual(naive);
    }),
    cases(500),
  );
});

test('a run never becomes shorter by what is heard of later', () => {
  const partly = soundsOfBoots(5).chain((whole) =>
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

test('airtime is the union of what was audible, boot by boot', () => {
  fc.assert(
    fc.property(soundsOfBoots(3), ({ heard }) => {
      const boots = [...Map.groupBy(heard, ({ boot }) => boot).values()];
      const unions = boots.map((own) => lengthOf(unionOf(own.flatMap(({ audible }) => audible))));
      expect(airtimeMsOf(heard)).toBe(unions.reduce((sum, one) => sum + one, 0));
    }),
    cases(100),
  );
});
