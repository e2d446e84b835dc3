import { integerToWords } from '../number-words.ts';
import {
  beginsWith,
  endsWith,
  matchAt,
  type Place,
  type Rule,
  textAfter,
  textBefore,
} from '../place.ts';
import calendar from '../words/calendar.json' with { type: 'json' };
import context from '../words/context.json' with { type: 'json' };

const WRITTEN = /(\d{1,2})([hHg])([0-5]\d)?(?:['’′]|\s?phút|ph?)?(?![\p{L}\p{N}])/uy;
/** Minutes that are none are not said. */
const FULL_HOUR = /(\d{1,2})\s{1,2}giờ\s{1,2}00(?:\s{1,2}phút)?(?![\p{L}\p{N}])/uy;
const COLON = /([01]?\d|2[0-4]):([0-5]\d)(?::([0-5]\d))?(?![\p{L}\p{N}:])/uy;
const LAST_HOUR = 24;
const HOUR_BEFORE = endsWith(context.hourBefore);
/** The dash of a range that begins with an hour. */
const RANGE_BEFORE = new RegExp(
  `(?:(?:${context.hourBefore.join('|')})[\\s,:]*\\d{1,2}g|\\d(?:g[0-5]\\d|h(?:[0-5]\\d)?))\\s?[-–—]\\s?$`,
  'u',
);
const HOUR_AFTER = beginsWith(context.hourAfter);
const WEIGHED_AFTER = beginsWith(context.weighedAfter);

const part = (digits: string | undefined, unit: string, { usage }: Place): string =>
  digits === undefined || Number(digits) === 0 ? '' : ` ${integerToWords(digits, usage)} ${unit}`;

/** `g` is giờ with minutes behind it or where hours are spoken of; else it is grams. */
const isHour = (place: Place, [all, hours, letter, minutes]: RegExpExecArray): boolean => {
  if (letter !== 'g' || minutes !== undefined) return true;
  if (Number(hours) > LAST_HOUR) return false;
  const before = textBefore(place);
  const after = textAfter(place, place.at + all.length);
  if (WEIGHED_AFTER.test(after)) return false;
  return HOUR_BEFORE.test(before) || RANGE_BEFORE.test(before) || HOUR_AFTER.test(after);
};

/** Times of day, and whole hours: 7h30, 19:00, 5g15, 48h. */
export const time: Rule = (place) => {
  const colon = matchAt(place, COLON, place.at);
  const found = colon ?? matchAt(place, FULL_HOUR, place.at) ?? matchAt(place, WRITTEN, place.at);
  if (found === undefined || (!colon && !isHour(place, found))) return undefined;
  const [all, hours = '', second, third] = found;
  const [minutes, seconds] = colon ? [second, third] : [third, undefined];
  const head = `${integerToWords(hours, place.usage)} ${calendar.hour}`;
  const rest = part(minutes, calendar.minute, place) + part(seconds, calendar.second, place);
  return { to: place.at + all.length, spoken: `${head}${rest}`, kind: 'time' };
};
