import type { Interval } from '#schemas/primitives.ts';

/** Intervals that are asked again and again what of them touches a window. */
export interface IntervalIndex<T extends Interval> {
  readonly intervals: readonly T[];
  /** The latest end of each interval and of all before it. */
  readonly latestToMs: readonly number[];
}

/** Sorts intervals by their start. */
export const createIntervalIndex = <T extends Interval>(
  intervals: readonly T[],
): IntervalIndex<T> => {
  const sorted = [...intervals].sort((a, b) => a.fromMs - b.fromMs);
  let latest = Number.NEGATIVE_INFINITY;
  const latestToMs = sorted.map(({ toMs }) => {
    latest = Math.max(latest, toMs);
    return latest;
  });
  return { intervals: sorted, latestToMs };
};

/** Those that share more than an end point with the window, ascending by their start. */
export const overlapping = <T extends Interval>(
  { intervals, latestToMs }: IntervalIndex<T>,
  { fromMs, toMs }: Interval,
): readonly T[] => {
  const from = lowestIndex(latestToMs, (end) => end > fromMs);
  const to = lowestIndex(intervals, (one) => one.fromMs >= toMs);
  return intervals.slice(from, Math.max(from, to)).filter((one) => one.toMs > fromMs);
};

/** The lowest index at which a test that stays true once it is true holds; the length if none. */
export const lowestIndex = <T>(list: ArrayLike<T>, holds: (one: T) => boolean): number => {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const one = list[middle];
    if (one !== undefined && holds(one)) high = middle;
    else low = middle + 1;
  }
  return low;
};
