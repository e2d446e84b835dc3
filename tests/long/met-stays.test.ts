import fc from 'fast-check';
import { expect, test } from 'vitest';
import { arrivalCase } from '#tests/core/airtime/support/arrivals.ts';
import { lostOnTheWay } from '#tests/core/airtime/support/lost-on-the-way.ts';

const CASES = 3000;

test('three thousand times, no order in which records arrive takes back what was met', {
  timeout: 3_600_000,
}, () => {
  fc.assert(
    fc.property(arrivalCase, (one) => {
      expect(lostOnTheWay(one)).toEqual([]);
    }),
    { numRuns: CASES },
  );
});
