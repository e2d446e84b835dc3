import type { Shortfall } from '#schemas/verdict.ts';
import { neededMsOf, type Occurrence } from './occurrences.ts';
import type { Period } from './periods.ts';

export const noShortfall: Shortfall = { occurrences: 0, seconds: 0 };

/**
 * What is missing to `owed`: the best occurrences inside the dayparts that did not qualify lack
 * what they lack, as many as are missing; one that is not there lacks all. `occurrences` are those
 * of the days that owe. Seconds are rounded up once, over the sum; a rule without minutes lacks none.
 * Source: AIRTIME.md, 4.
 */
export const shortfallOf = (
  period: Period,
  counts: { readonly owed: number; readonly has: number },
  occurrences: readonly Occurrence[],
): Shortfall => {
  const missing = Math.max(0, counts.owed - counts.has);
  if (missing === 0 || period.rule.minMinutes === null) return { occurrences: missing, seconds: 0 };
  const neededMs = neededMsOf(period.rule);
  const best = occurrences
    .filter(({ isInDaypart, qualifies }) => isInDaypart && !qualifies)
    .map(({ run }) => run.airtimeMs)
    .sort((a, b) => b - a)
    .slice(0, missing);
  const airedMs = best.reduce((sum, airtimeMs) => sum + airtimeMs, 0);
  return { occurrences: missing, seconds: Math.ceil((missing * neededMs - airedMs) / 1000) };
};

/** The sum of shortfalls: nothing is rounded again. Source: AIRTIME.md, 4 (totals). */
export const sumOfShortfalls = (parts: readonly Shortfall[]): Shortfall =>
  parts.reduce(
    (sum, part) => ({
      occurrences: sum.occurrences + part.occurrences,
      seconds: sum.seconds + part.seconds,
    }),
    noShortfall,
  );
