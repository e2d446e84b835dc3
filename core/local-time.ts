import type { LocalDay, LocalTime } from '#schemas/primitives.ts';

/**
 * One local day: where it begins and ends, and the stretches of constant offset in it, in order.
 * Wall time of an instant = instant + `offsetMs` of its stretch, read as UTC. Made by the shell,
 * once per zone and period (`runtime/day-table.ts`). Source: AIRTIME.md, 6.
 */
export interface LocalDayRow {
  readonly day: LocalDay;
  readonly startMs: number;
  readonly endMs: number;
  readonly offsets: readonly { readonly fromMs: number; readonly offsetMs: number }[];
  /** ISO weekday, 1 Monday to 7 Sunday. */
  readonly weekday: number;
}

/** Consecutive local days, ascending, each beginning where the one before ends. */
export type DayTable = readonly LocalDayRow[];

export const MINUTE_MS = 60_000;
export const DAY_MINUTES = 1440;

/** The row whose day holds the instant; undefined outside the table. */
export const rowAt = (table: DayTable, instantMs: number): LocalDayRow | undefined => {
  let low = 0;
  let high = table.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const row = table[middle];
    if (row === undefined) return undefined;
    if (instantMs < row.startMs) high = middle - 1;
    else if (instantMs >= row.endMs) low = middle + 1;
    else return row;
  }
  return undefined;
};

/** Minutes since local midnight, by the wall, fractions included: 05:30 is 330. */
export const wallMinutesAt = (row: LocalDayRow, instantMs: number): number => {
  let offsetMs = row.offsets[0]?.offsetMs ?? 0;
  for (const stretch of row.offsets) if (stretch.fromMs <= instantMs) offsetMs = stretch.offsetMs;
  const dayMs = DAY_MINUTES * MINUTE_MS;
  const wallMs = (((instantMs + offsetMs) % dayMs) + dayMs) % dayMs;
  return wallMs / MINUTE_MS;
};

/**
 * The first instant of the row's day at which the wall shows `minutes` since midnight or later; the
 * day's end when it never does. A wall time that a zone skips maps to the instant after the skip,
 * one that it repeats to the first.
 */
export const instantAtWall = (row: LocalDayRow, minutes: number): number => {
  for (const [index, stretch] of row.offsets.entries()) {
    const fromMs = Math.max(stretch.fromMs, row.startMs);
    const toMs = Math.min(row.offsets[index + 1]?.fromMs ?? row.endMs, row.endMs);
    const wallFrom = wallMinutesAt(row, fromMs);
    const wanted = fromMs + Math.max(0, minutes - wallFrom) * MINUTE_MS;
    if (wanted < toMs) return wanted;
  }
  return row.endMs;
};

/** Minutes since midnight of a wall time. */
export const localTimeToMinutes = (time: LocalTime): number =>
  Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
