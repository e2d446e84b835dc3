import { describe, expect, it } from 'vitest';
import { compareFills } from './exact-fill.ts';
import { compareWithExact } from './never-refused.ts';

const SEED = 20_250_114;
const DAYS = 40;
const FILLS = 12;
/** A session in turns is longer than the shortest that HiGHS finds by no more than this share. */
const MOST_LONGER = 1.01;

describe('beside an exact solver', () => {
  it('a small day that HiGHS can plan is never refused', { timeout: 120_000 }, () => {
    const { exact, refusedInVain } = compareWithExact(DAYS, SEED);
    expect(refusedInVain).toEqual([]);
    expect(exact).toBeGreaterThan(DAYS / 4);
  });

  it('a session is hardly longer than the shortest', { timeout: 120_000 }, () => {
    for (const { oursMs, exactMs, targetMs } of compareFills(FILLS, SEED)) {
      expect(oursMs).toBeGreaterThanOrEqual(targetMs);
      expect(oursMs / exactMs).toBeLessThanOrEqual(MOST_LONGER);
    }
  });
});
