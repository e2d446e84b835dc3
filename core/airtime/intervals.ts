import type { Interval } from '#schemas/primitives.ts';

const byStart = (a: Interval, b: Interval): number => a.fromMs - b.fromMs || a.toMs - b.toMs;

/**
 * The union as ascending, disjoint half-open intervals; what touches is one, what is empty or ends
 * before it starts is left out.
 */
export const unionOf = (intervals: readonly Interval[]): readonly Interval[] => {
  const parts: Interval[] = [];
  for (const next of intervals.filter((part) => part.toMs > part.fromMs).sort(byStart)) {
    const last = parts.at(-1);
    if (last === undefined || next.fromMs > last.toMs) parts.push({ ...next });
    else last.toMs = Math.max(last.toMs, next.toMs);
  }
  return parts;
};

/** The total length of disjoint intervals. */
export const lengthOf = (disjoint: readonly Interval[]): number => {
  let sum = 0;
  for (const { fromMs, toMs } of disjoint) sum += toMs - fromMs;
  return sum;
};

/** What of the intervals lies inside `window`; parts that do not are left out. */
export const clipTo = (intervals: readonly Interval[], window: Interval): readonly Interval[] =>
  intervals
    .map((part) => ({
      fromMs: Math.max(part.fromMs, window.fromMs),
      toMs: Math.min(part.toMs, window.toMs),
    }))
    .filter((part) => part.toMs > part.fromMs);

/** How long the union of the intervals is inside `window`. */
export const coveredMs = (intervals: readonly Interval[], window: Interval): number =>
  lengthOf(unionOf(clipTo(intervals, window)));

/** The intervals, each moved by `offsetMs`. */
export const shiftedBy = (intervals: readonly Interval[], offsetMs: number): readonly Interval[] =>
  intervals.map((part) => ({ fromMs: part.fromMs + offsetMs, toMs: part.toMs + offsetMs }));
