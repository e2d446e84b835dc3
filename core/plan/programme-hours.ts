import { DAY_MINUTES, localTimeToMinutes, MINUTE_MS } from '#core/local-time.ts';
import type { ProgrammeHours } from '#schemas/entities/programme.ts';
import type { LocalDay } from '#schemas/primitives.ts';
import type { FixedProgramme } from './plan-input.ts';

/**
 * The programmes of other sources that are in force on a day, as the planner and the speaker keep
 * clear of them. An end of `00:00` is the day's midnight. Source: AIRTIME.md, 5.
 */
export const fixedOn = (
  programmes: readonly ProgrammeHours[],
  day: LocalDay,
): readonly FixedProgramme[] =>
  programmes
    .filter(({ from, to }) => from <= day && (to === null || day <= to))
    .map(({ id, startsAt, endsAt, weekdays }) => {
      const toMinutes = localTimeToMinutes(endsAt) || DAY_MINUTES;
      const durationMs = (toMinutes - localTimeToMinutes(startsAt)) * MINUTE_MS;
      return { id, startsAt, durationMs, weekdays, sound: null };
    });
