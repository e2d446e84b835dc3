import type { Interval } from '#schemas/primitives.ts';

/** The union of the intervals, ascending, disjoint, without empty ones; touching ones are joined. */
export const mergeIntervals = (intervals: readonly Interval[]): Interval[] => {
  const merged: { fromMs: number; toMs: number }[] = [];
  const ascending = intervals
    .filter((interval) => interval.toMs > interval.fromMs)
    .sort((a, b) => a.fromMs - b.fromMs);
  for (const { fromMs, toMs } of ascending) {
    const last = merged.at(-1);
    if (last !== undefined && fromMs <= last.toMs) last.toMs = Math.max(last.toMs, toMs);
    else merged.push({ fromMs, toMs });
  }
  return merged;
};

/** `whole` without what `holes` (merged) cover, ascending. */
export const cutIntervals = (whole: Interval, holes: readonly Interval[]): Interval[] => {
  const rest: Interval[] = [];
  let fromMs = whole.fromMs;
  for (const hole of holes) {
    if (hole.toMs <= fromMs || hole.fromMs >= whole.toMs) continue;
    if (hole.fromMs > fromMs) rest.push({ fromMs, toMs: hole.fromMs });
    fromMs = hole.toMs;
  }
  if (fromMs < whole.toMs) rest.push({ fromMs, toMs: whole.toMs });
  return rest;
};
