import { monthNumberToWords, monthToWords, yearToWords } from '../calendar-words.ts';
import { integerToWords } from '../number-words.ts';
import {
  beginsWith,
  endsWith,
  isListedAfter,
  matchAt,
  type Place,
  type Rule,
  type Said,
  textAfter,
  textBefore,
} from '../place.ts';
import context from '../words/context.json' with { type: 'json' };
import words from '../words/numbers.json' with { type: 'json' };
import { dayPrefix, dayToWords, isDay, isDaySaid, isMonth } from './day-words.ts';

const NO_MORE = '(?![\\p{L}\\p{N}/]|[.,-]\\d)';
const FULL = /(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})(?![\p{L}\p{N}/])/uy;
const DAYS = new RegExp(
  `(\\d{1,2})\\s?[-–]\\s?(\\d{1,2})\\/(\\d{1,2})(?:\\/(\\d{4}))?${NO_MORE}`,
  'uy',
);
const DAY = new RegExp(`(\\d{1,2})\\/(\\d{1,2})${NO_MORE}`, 'uy');
const DAY_UP_TO =
  /(\d{1,2})\/(\d{1,2})(?=\s?[-–]\s?\d{1,2}\/\d{1,2}(?:\/\d{4})?(?![\p{L}\p{N}/]))/uy;
const DASHED = new RegExp(`(\\d{1,2})-(\\d{1,2})${NO_MORE}`, 'uy');
const MONTH = new RegExp(`(\\d{1,2})\\/((?:19|20|21)\\d{2})${NO_MORE}`, 'uy');
const SPELT_DAY = /(\d{1,2})(?=\s{1,2}tháng\s{1,2}\d)/uy;

/** A part of more than ten is hardly ever written. */
const LAST_LIKELY_WHOLE = 10;
/** Day and night; the 24th of July only where a date is meant. */
const ALWAYS = '24/7';

const LIKELY_YEAR = /^(?:19|20|21)\d{2}$/;
const ADDRESS = endsWith(context.addressBefore);
const DATE_BEFORE = endsWith(context.dateBefore);
const STRICT = endsWith(context.strictDateBefore);
const FEAST = endsWith(context.feastBefore);
/** Whose feast it is, or when. */
const AFTER_FEAST = /^\s*(?:năm|xã|thôn)(?![\p{L}\p{M}])/u;
const VICTORY = endsWith(context.victory);
/** What is celebrated as victories. */
const VICTORY_DAY = /^(?:30-0?4|0?7-0?5)$/;
const DASHED_DAY = /^\d{1,2}-\d{1,2}$/;
const ENDS_THERE = /^\s*(?:[.,;!?)…]|và\s|$)/u;
const MONTH_SAID = endsWith(context.month);
const QUARTER_SAID = endsWith(context.quarter);
const LAW = new RegExp(`(?:${context.lawBefore.join('|')})(?:\\s+số)?[\\s:]*$`, 'u');
const COUNTED = beginsWith(context.counted);
const DOSED = beginsWith(context.dosed);
const EVERY_DAY = endsWith(context.everyDay);
const PARTED = beginsWith(context.parted);
const SMALL_PART = /^(?:1\/[234]|2\/3|3\/4)$/;

const said = ({ at }: Place, written: string, spoken: string): Said => ({
  to: at + written.length,
  spoken,
  kind: 'date',
});

const fullDate: Rule = (place) => {
  const [written, day = '', , month = '', year] = matchAt(place, FULL, place.at) ?? [''];
  if (written === '' || !isDay(day) || !isMonth(month)) return undefined;
  if (ADDRESS.test(textBefore(place)) && !LIKELY_YEAR.test(year ?? '')) return undefined;
  const spoken = `${dayToWords(day, place)} ${monthToWords(month, place.usage)}`;
  return said(place, written, `${dayPrefix(place)}${spoken}${yearToWords(year, place.usage)}`);
};

const daysOfMonth: Rule = (place) => {
  const found = matchAt(place, DAYS, place.at);
  if (found === undefined) return undefined;
  const [written, first = '', last = '', month = '', year] = found;
  const isOrdered = isDay(first) && isDay(last) && Number(first) < Number(last);
  const isMeant = year !== undefined || DATE_BEFORE.test(textBefore(place));
  if (!isOrdered || !isMonth(month) || !isMeant) return undefined;
  const days = `${dayToWords(first, place)} ${words.to} ${dayToWords(last, place)}`;
  const rest = `${monthToWords(month, place.usage)}${yearToWords(year, place.usage)}`;
  return said(place, written, `${dayPrefix(place)}${days} ${rest}`);
};

/** 30/4 is a date; 1/2 is one only where dates are spoken of, and 5/12 thôn is none. */
const isMeantAsDay = (place: Place, found: RegExpExecArray): boolean => {
  const [written, day = '', month = ''] = found;
  const before = textBefore(place);
  if (ADDRESS.test(before) || EVERY_DAY.test(before)) return false;
  const after = textAfter(place, place.at + written.length);
  if (SMALL_PART.test(written) && (DOSED.test(after) || PARTED.test(after))) return false;
  if (DATE_BEFORE.test(before) || isListedAfter(place, 'date')) return true;
  if (COUNTED.test(after) || written === ALWAYS) return false;
  return Number(day) >= Number(month) || Number(month) > LAST_LIKELY_WHOLE;
};

/** Whether a day of victory is meant, and no score: chiến thắng 30-4. */
export const isVictoryDay = (place: Place, written: string): boolean =>
  VICTORY_DAY.test(written) && VICTORY.test(textBefore(place));

/** In a list of days such as 30-4 và 1-5 the ones behind the first are told by that. */
const isListedDashed = (place: Place, written: string): boolean => {
  const { text, lastWords } = place;
  return (
    isListedAfter(place, 'date') &&
    DASHED_DAY.test(text.slice(lastWords?.from, lastWords?.to)) &&
    ENDS_THERE.test(textAfter(place, place.at + written.length))
  );
};

/** The second figure is the greater one, as that of a range is. */
const isRising = (written: string): boolean => {
  const [first, second] = written.split('-').map(Number);
  return (first ?? 0) < (second ?? 0);
};

const isMeantDashed = (place: Place, written: string): boolean => {
  const before = textBefore(place);
  const after = textAfter(place, place.at + written.length);
  if (/^\s*tháng/u.test(after) || EVERY_DAY.test(before)) return false;
  if (isRising(written) && DOSED.test(after)) return false;
  if (STRICT.test(before) || isVictoryDay(place, written)) return true;
  const isCounting = COUNTED.test(after) && !AFTER_FEAST.test(after);
  return (FEAST.test(before) && !isCounting) || isListedDashed(place, written);
};

const dayAndMonth: Rule = (place) => {
  const slashed = matchAt(place, DAY, place.at) ?? matchAt(place, DAY_UP_TO, place.at);
  const found = slashed ?? matchAt(place, DASHED, place.at);
  if (found === undefined) return undefined;
  const [written, day = '', month = ''] = found;
  const isMeant = slashed ? isMeantAsDay(place, found) : isMeantDashed(place, written);
  if (!isMeant || !isDay(day) || !isMonth(month)) return undefined;
  const spoken = `${dayToWords(day, place)} ${monthToWords(month, place.usage)}`;
  return said(place, written, `${dayPrefix(place)}${spoken}`);
};

const monthAndYear: Rule = (place) => {
  const found = matchAt(place, MONTH, place.at);
  const before = textBefore(place);
  if (found === undefined || !isMonth(found[1] ?? '') || LAW.test(before)) return undefined;
  const [written, month = '', year] = found;
  const isNamed = MONTH_SAID.test(before);
  const whole = QUARTER_SAID.test(before)
    ? integerToWords(month, place.usage)
    : (isNamed ? monthNumberToWords : monthToWords)(month, place.usage);
  return said(place, written, `${whole}${yearToWords(year, place.usage)}`);
};

const speltDay: Rule = (place) => {
  const found = matchAt(place, SPELT_DAY, place.at);
  if (found === undefined || !isDaySaid(place)) return undefined;
  return said(place, found[0], dayToWords(found[0], place));
};

/** Dates in every form that offices write them in, whole or in part. */
export const date: Rule = (place) =>
  fullDate(place) ??
  daysOfMonth(place) ??
  monthAndYear(place) ??
  dayAndMonth(place) ??
  speltDay(place);
