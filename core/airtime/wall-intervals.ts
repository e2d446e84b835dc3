import {
  DAY_MINUTES,
  type LocalDayRow,
  localTimeToMinutes,
  MINUTE_MS,
  wallMinutesAt,
} from '#core/local-time.ts';
import type { Daypart, Interval } from '#schemas/primitives.ts';
import { clipTo, unionOf } from './intervals.ts';

/**
 * The instants of the row's day at which the wall lies in one of the dayparts, ascending and
 * disjoint. An hour that the zone repeats is there twice, one that it skips not at all.
 * Source: AIRTIME.md, 3 (half-open, may wrap midnight).
 */
export const wallIntervals = (
  row: LocalDayRow,
  dayparts: readonly Daypart[],
): readonly Interval[] =>
  unionOf(
    row.offsets.flatMap(({ fromMs }, index) => {
      const stretch = {
        fromMs: Math.max(fromMs, row.startMs),
        toMs: Math.min(row.offsets[index + 1]?.fromMs ?? row.endMs, row.endMs),
      };
      const intoDayMs = Math.round(wallMinutesAt(row, stretch.fromMs) * MINUTE_MS);
      const midnightMs = stretch.fromMs - intoDayMs;
      return clipTo(
        dayparts.flatMap(minutesOf).map(([from, to]) => ({
          fromMs: midnightMs + from * MINUTE_MS,
          toMs: midnightMs + to * MINUTE_MS,
        })),
        stretch,
      );
    }),
  );

const minutesOf = (daypart: Daypart): readonly (readonly [number, number])[] => {
  const from = localTimeToMinutes(daypart.from);
  const to = localTimeToMinutes(daypart.to);
  if (from < to) return [[from, to]];
  return [
    [0, to],
    [from, DAY_MINUTES],
  ];
};
