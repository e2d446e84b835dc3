import type { Interval } from '#schemas/primitives.ts';

/** A window with the starts that are best tried first in it. */
export interface WindowShare {
  readonly window: Interval;
  readonly starts: readonly number[];
}

const MINUTE_MS = 60_000;

/** How many of `count` sessions each of `windows` windows gets; the first and the last come first. */
const countsPerWindow = (count: number, windows: number): number[] => {
  const shares = new Array<number>(windows).fill(Math.floor(count / windows));
  const rest = count % windows;
  for (let index = 0; index < rest; index += 1) {
    const at = rest === 1 ? 0 : Math.round((index * (windows - 1)) / (rest - 1));
    shares[at] = (shares[at] ?? 0) + 1;
  }
  return shares;
};

/**
 * Sessions spread over the windows, ascending: alike many in each, and evenly inside it, the first
 * at the window's beginning. Source: AIRTIME.md, 5.
 */
export const spreadOver = (count: number, windows: readonly Interval[]): WindowShare[] => {
  if (windows.length === 0) return [];
  const shares = countsPerWindow(count, windows.length);
  return windows.map((window, at) => {
    const share = shares[at] ?? 0;
    const stepMs = (window.toMs - window.fromMs) / Math.max(1, share);
    const starts = Array.from(
      { length: share },
      (_, index) => window.fromMs + Math.floor((index * stepMs) / MINUTE_MS) * MINUTE_MS,
    );
    return { window, starts };
  });
};
