import { integerToWords } from '../number-words.ts';
import { endsWith, type Place, textBefore } from '../place.ts';
import calendar from '../words/calendar.json' with { type: 'json' };
import context from '../words/context.json' with { type: 'json' };

const LAST_EARLY_DAY = 10;
const DAY_SAID = endsWith(context.dayBefore);
const NAMED_DAY = endsWith(context.namedDayBefore);

/** Whether digits can be a day of a month. */
export const isDay = (digits: string): boolean => Number(digits) >= 1 && Number(digits) <= 31;

/** Whether digits can be a month. */
export const isMonth = (digits: string): boolean => Number(digits) >= 1 && Number(digits) <= 12;

/** Whether the place stands behind the word for a day. */
export const isDaySaid = (place: Place): boolean => DAY_SAID.test(textBefore(place));

/** A day of a month; up to the tenth it is mùng, unless that is said already. */
export const dayToWords = (digits: string, place: Place): string => {
  const isEarly = Number(digits) <= LAST_EARLY_DAY && !NAMED_DAY.test(textBefore(place));
  const said = integerToWords(digits, place.usage);
  return isEarly ? `${calendar.earlyDay} ${said}` : said;
};

/** The word for a day, where it is not said already. */
export const dayPrefix = (place: Place): string => (isDaySaid(place) ? '' : `${calendar.day} `);
