import { DAY_MINUTES, localTimeToMinutes } from '#core/local-time.ts';
import { MAX_QUIET_HOURS } from '#schemas/limits.ts';
import type { Daypart } from '#schemas/primitives.ts';

const WHOLE_DAY: Daypart = { from: '00:00', to: '00:00' };

/**
 * The same quiet wall times, written without overlap and in order; a stretch over midnight is one.
 * Where they are more than a speaker can be told, the whole day is quiet: rather silent than wrong.
 */
export const mergeQuietHours = (quietHours: readonly Daypart[]): Daypart[] => {
  const isQuiet = quietMinutes(quietHours);
  const starts = minutesWhere((minute) => isQuiet(minute) && !isQuiet(minute - 1));
  if (starts.length === 0) return isQuiet(0) ? [WHOLE_DAY] : [];
  if (starts.length > MAX_QUIET_HOURS) return [WHOLE_DAY];
  const ends = minutesWhere((minute) => !isQuiet(minute) && isQuiet(minute - 1));
  return starts.map((from) => {
    const to = ends.find((end) => end > from) ?? ends[0] ?? 0;
    return { from: minutesToLocalTime(from), to: minutesToLocalTime(to) };
  });
};

const minutesWhere = (holds: (minute: number) => boolean): number[] =>
  Array.from({ length: DAY_MINUTES }, (_, minute) => minute).filter(holds);

/** Whether the minute of a day, counted from midnight, is quiet. */
export const quietMinutes = (quietHours: readonly Daypart[]): ((minute: number) => boolean) => {
  const quiet = new Array<boolean>(DAY_MINUTES).fill(false);
  for (const { from, to } of quietHours) {
    const start = localTimeToMinutes(from);
    const length = (localTimeToMinutes(to) - start + DAY_MINUTES) % DAY_MINUTES || DAY_MINUTES;
    for (let index = 0; index < length; index += 1) quiet[(start + index) % DAY_MINUTES] = true;
  }
  return (minute) => quiet[(minute + DAY_MINUTES) % DAY_MINUTES] ?? false;
};

const minutesToLocalTime = (minutes: number): string =>
  [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, '0')).join(':');
