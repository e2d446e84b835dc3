import type { LocalDay } from '#schemas/primitives.ts';

/**
 * A local day as the number of days since 1970-01-01, so that days can be counted without a zone.
 * Source: proleptic Gregorian calendar, the era arithmetic of Howard Hinnant's `days_from_civil`.
 */
export const dayToNumber = (day: LocalDay): number => {
  const month = Number(day.slice(5, 7));
  const year = Number(day.slice(0, 4)) - (month <= 2 ? 1 : 0);
  const era = Math.floor(year / 400);
  const yearOfEra = year - era * 400;
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + Number(day.slice(8, 10)) - 1;
  const dayOfEra =
    yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
};

/** ISO weekday of a day number, 1 Monday to 7 Sunday. */
export const weekdayOfNumber = (day: number): number => ((((day + 3) % 7) + 7) % 7) + 1;

/** The day number of the Monday of the day's week. */
export const mondayOf = (day: number): number => day - weekdayOfNumber(day) + 1;
