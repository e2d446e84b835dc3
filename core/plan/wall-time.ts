import { DAY_MINUTES, type DayTable, rowAt, wallMinutesAt } from '#core/local-time.ts';
import type { LocalTime } from '#schemas/primitives.ts';

const HOUR_MINUTES = 60;
const two = (value: number): string => String(value).padStart(2, '0');

/** Minutes since midnight as a wall time; they wrap at midnight, fractions are dropped. */
export const minutesToLocalTime = (minutes: number): LocalTime => {
  const ofDay = ((Math.floor(minutes) % DAY_MINUTES) + DAY_MINUTES) % DAY_MINUTES;
  return `${two(Math.floor(ofDay / HOUR_MINUTES))}:${two(ofDay % HOUR_MINUTES)}`;
};

/** The wall time of an instant; midnight for one outside the table. */
export const instantToLocalTime = (table: DayTable, atMs: number): LocalTime => {
  const row = rowAt(table, atMs);
  return row === undefined ? '00:00' : minutesToLocalTime(wallMinutesAt(row, atMs));
};
