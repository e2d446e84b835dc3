import { expect, test } from 'vitest';
import { compareWithExact } from '../never-refused.ts';

const SEED = 7;
const DAYS = 2000;

test('of two thousand small days none that HiGHS can plan is refused', {
  timeout: 3_600_000,
}, () => {
  const { exact, refusedInVain } = compareWithExact(DAYS, SEED);
  expect(refusedInVain).toEqual([]);
  expect(exact).toBeGreaterThan(DAYS / 4);
});
