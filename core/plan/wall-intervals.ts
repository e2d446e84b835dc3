import { unionOf } from '#core/airtime/intervals.ts';
import {
  DAY_MINUTES,
  type LocalDayRow,
  localTimeToMinutes,
  MINUTE_MS,
  wallMinutesAt,
} from '#core/local-time.ts';
import type { Daypart, Interval } from '#schemas/primitives.ts';

/** The wall minutes of one day that a daypart covers, as `[from, to)` pairs within 0 to 1440. */
const wallRanges = (daypart: Daypart): readonly (readonly [number, number])[] => {
  const from = localTimeToMinutes(daypart.from);
  const to = localTimeToMinutes(daypart.to);
  return from < to
    ? [[from, to]]
    : [
        [0, to],
        [from, DAY_MINUTES],
      ];
};

const stretches = (row: LocalDayRow): Interval[] =>
  row.offsets.map((stretch, index) => ({
    fromMs: Math.max(stretch.fromMs, row.startMs),
    toMs: Math.min(row.offsets[index + 1]?.fromMs ?? row.endMs, row.endMs),
  }));

const inStretch = (stretch: Interval, wallFrom: number, daypart: Daypart): Interval[] =>
  wallRanges(daypart).map(([from, to]) => ({
    fromMs: Math.max(stretch.fromMs, stretch.fromMs + Math.round((from - wallFrom) * MINUTE_MS)),
    toMs: Math.min(stretch.toMs, stretch.fromMs + Math.round((to - wallFrom) * MINUTE_MS)),
  }));

/**
 * The instants of the given days at which the wall shows a time of the daypart, merged and
 * ascending, also where a zone skips or repeats an hour. A daypart that wraps midnight joins the
 * evening of one row to the morning of the next. Source: AIRTIME.md, 3.
 */
export const daypartToIntervals = (
  rows: readonly LocalDayRow[],
  daypart: Daypart,
): readonly Interval[] => {
  const found: Interval[] = [];
  for (const row of rows) {
    for (const stretch of stretches(row)) {
      found.push(...inStretch(stretch, wallMinutesAt(row, stretch.fromMs), daypart));
    }
  }
  return unionOf(found);
};
