import type { LocalDay } from '#schemas/primitives.ts';

const DAYS_PER_ERA = 146_097;
const EPOCH_SHIFT_DAYS = 719_468;

/**
 * How many days a calendar day lies after 1970-01-01 (Gregorian, no zone): differences of two
 * numbers count days, and 1970-01-01 itself, a Thursday, is 0.
 */
export const dayNumber = (day: LocalDay): number => {
  const month = Number(day.slice(5, 7));
  // Years begin in March here, so that the leap day is their last.
  const year = Number(day.slice(0, 4)) - (month <= 2 ? 1 : 0);
  const era = Math.floor(year / 400);
  const yearOfEra = year - era * 400;
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + Number(day.slice(8, 10)) - 1;
  const leapDays = Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100);
  return era * DAYS_PER_ERA + yearOfEra * 365 + leapDays + dayOfYear - EPOCH_SHIFT_DAYS;
};

/** The ISO weekday of a day number: 1 Monday to 7 Sunday. */
export const weekdayOf = (number: number): number => ((((number + 3) % 7) + 7) % 7) + 1;
