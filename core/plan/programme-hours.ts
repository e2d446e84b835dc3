import { dayToNumber, weekdayOfNumber } from '#core/airtime/day-number.ts';
import {
  DAY_MINUTES,
  instantAtWall,
  type LocalDayRow,
  localTimeToMinutes,
  MINUTE_MS,
} from '#core/local-time.ts';
import type { ProgrammeHours } from '#schemas/entities/programme.ts';
import type { Interval, LocalDay } from '#schemas/primitives.ts';
import type { FixedProgramme } from './plan-input.ts';

const lengthMinutes = ({ startsAt, endsAt }: ProgrammeHours): number => {
  const minutes = localTimeToMinutes(endsAt) - localTimeToMinutes(startsAt);
  return minutes > 0 ? minutes : minutes + DAY_MINUTES;
};

/**
 * The programmes of other sources that begin on a day, as the planner and the speaker keep clear of
 * them. Source: AIRTIME.md, 5.
 */
export const fixedOn = (
  programmes: readonly ProgrammeHours[],
  day: LocalDay,
): readonly FixedProgramme[] =>
  programmes
    .filter(({ from, to }) => from <= day && (to === null || day <= to))
    .map((programme) => {
      const { id, startsAt, weekdays } = programme;
      const durationMs = lengthMinutes(programme) * MINUTE_MS;
      return { id, startsAt, durationMs, weekdays, sound: null };
    });

/** Whether it ends on the day after the one on which it begins; at midnight is no day later. */
export const reachesOver = ({
  startsAt,
  endsAt,
}: Pick<ProgrammeHours, 'startsAt' | 'endsAt'>): boolean =>
  localTimeToMinutes(endsAt) > 0 && endsAt < startsAt;

/**
 * Programmes of other sources that began on the evening before and still sound on a day, as instants
 * from their own start on; weekdays and days in force are those of the evening. Source: AIRTIME.md, 4
 * (caps) and 5.
 */
export const reachingInto = (
  programmes: readonly ProgrammeHours[],
  row: LocalDayRow,
): readonly Interval[] => {
  const evening = dayToNumber(row.day) - 1;
  const weekday = weekdayOfNumber(evening);
  return programmes
    .filter(
      ({ from, to, weekdays }) =>
        dayToNumber(from) <= evening &&
        (to === null || evening <= dayToNumber(to)) &&
        (weekdays.length === 0 || weekdays.includes(weekday)),
    )
    .filter(reachesOver)
    .map(({ startsAt, endsAt }) => ({
      fromMs: row.startMs - (DAY_MINUTES - localTimeToMinutes(startsAt)) * MINUTE_MS,
      toMs: instantAtWall(row, localTimeToMinutes(endsAt)),
    }));
};
