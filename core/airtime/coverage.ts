import type { Interval } from '#schemas/primitives.ts';
import { lowestIndex } from './interval-index.ts';
import { unionOf } from './intervals.ts';

/** How long the union of some intervals is inside a window; below zero of one that ends before it starts. */
export type Coverage = (window: Interval) => number;

/** Prepares intervals for many windows: each is answered in logarithmic time. */
export const coverageOf = (intervals: readonly Interval[]): Coverage => {
  const union = unionOf(intervals);
  let sumMs = 0;
  const sumsBeforeMs = union.map(({ fromMs, toMs }) => {
    sumMs += toMs - fromMs;
    return sumMs - (toMs - fromMs);
  });
  const coveredUpTo = (instantMs: number): number => {
    const index = lowestIndex(union, ({ fromMs }) => fromMs >= instantMs) - 1;
    const last = union[index];
    if (last === undefined) return 0;
    return (sumsBeforeMs[index] ?? 0) + Math.min(instantMs, last.toMs) - last.fromMs;
  };
  return ({ fromMs, toMs }) => coveredUpTo(toMs) - coveredUpTo(fromMs);
};
