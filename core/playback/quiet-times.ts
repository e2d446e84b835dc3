import type { Daypart, Interval } from '#schemas/primitives.ts';
import {
  DAY_MINUTES,
  type DayTable,
  type LocalDayRow,
  localTimeToMinutes,
  MINUTE_MS,
  wallMinutesAt,
} from '../local-time.ts';

/**
 * The instants at which the wall shows a quiet hour, as disjoint intervals `[fromMs, toMs)` in
 * ascending order, over all days of the table. Source: AIRTIME.md, 3 (dayparts).
 */
export const quietTimes = (table: DayTable, quietHours: readonly Daypart[]): Interval[] => {
  const all = table.flatMap((row) => quietHours.flatMap((part) => quietOfDay(row, part)));
  return joined(all);
};

/** Whether any instant of `[fromMs, toMs)` is quiet. */
export const isQuietDuring = (quiet: readonly Interval[], sound: Interval): boolean =>
  quiet.some((interval) => interval.fromMs < sound.toMs && sound.fromMs < interval.toMs);

/**
 * The first instant at or after `fromMs` at which something of `durationMs` may begin so that none
 * of its possible times is quiet.
 */
export const firstPermitted = (
  quiet: readonly Interval[],
  fromMs: number,
  need: { readonly durationMs: number; readonly uncertaintyMs: number },
): number => {
  let startMs = fromMs;
  for (const interval of quiet) {
    const latestEndMs = startMs + need.durationMs + need.uncertaintyMs;
    const collides = interval.fromMs < latestEndMs && startMs - need.uncertaintyMs < interval.toMs;
    if (collides) startMs = interval.toMs + need.uncertaintyMs;
  }
  return startMs;
};

const minuteRanges = (part: Daypart): readonly (readonly [number, number])[] => {
  const from = localTimeToMinutes(part.from);
  const to = localTimeToMinutes(part.to);
  if (from === to) return [[0, DAY_MINUTES]];
  if (from < to) return [[from, to]];
  return [
    [0, to],
    [from, DAY_MINUTES],
  ];
};

const quietOfDay = (row: LocalDayRow, part: Daypart): Interval[] =>
  row.offsets.flatMap((stretch, index) => {
    const fromMs = Math.max(stretch.fromMs, row.startMs);
    const toMs = Math.min(row.offsets[index + 1]?.fromMs ?? row.endMs, row.endMs);
    const wallFrom = wallMinutesAt(row, fromMs);
    const instant = (minutes: number) =>
      Math.min(Math.max(fromMs + (minutes - wallFrom) * MINUTE_MS, fromMs), toMs);
    return minuteRanges(part)
      .map(([from, to]) => ({ fromMs: instant(from), toMs: instant(to) }))
      .filter((interval) => interval.toMs > interval.fromMs);
  });

const joined = (intervals: readonly Interval[]): Interval[] => {
  const sorted = [...intervals].sort((a, b) => a.fromMs - b.fromMs);
  const result: Interval[] = [];
  for (const next of sorted) {
    const last = result.at(-1);
    if (last === undefined || next.fromMs > last.toMs) result.push({ ...next });
    else last.toMs = Math.max(last.toMs, next.toMs);
  }
  return result;
};
