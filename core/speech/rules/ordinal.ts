import { weekdayNumberToWords } from '../calendar-words.ts';
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
import words from '../words/numbers.json' with { type: 'json' };

const SMALL = /(\d{1,4})(?![\p{L}\p{N}/%]|[.,]\d)/uy;
/** Days of the week side by side: thứ 2, 4, 6. */
const WEEKDAYS = /[2-7](?:\s?[,;]\s?[2-7]|\s(?:và|hoặc)\s[2-7]){1,5}(?![\p{L}\p{N}/%]|[.,]\d)/uy;
const WEEKDAYS_UP_TO = /([2-7])\s?[-–]\s?([2-7])(?![\p{L}\p{N}/%]|[.,]\d)/uy;
const ROMAN = /[IVXLC]{1,8}(?![\p{L}\p{M}\p{N}])/uy;
const FORM = /^(?:X{1,3}|X?L|L?X{0,3})?(?:IX|IV|V?I{0,3})$/;
/** Without a word before it only these are taken for numbers. */
const PLAINLY_ROMAN = /^(?!XX|CC)(?=.{2,})[IVX]+$/;
const AT_LINE_START = /^\s*$/;
const HEADING = /^[.)]\s/;
const QUARTER_YEAR = /\/((?:19|20|21)\d{2})(?!\d)/y;

const AFTER_ORDINAL = endsWith(context.ordinal);
const COUNTED = beginsWith(context.counted);
const AFTER_MONTH = endsWith(context.month);
const ROMAN_BEFORE = endsWith(context.romanBefore);

const valueByLetter: Readonly<Record<string, number>> = { I: 1, V: 5, X: 10, L: 50, C: 100 };

const romanValue = (roman: string): number => {
  const values = [...roman].map((letter) => valueByLetter[letter] ?? 0);
  return values.reduce(
    (sum, value, index) => sum + (value < (values[index + 1] ?? 0) ? -value : value),
    0,
  );
};

const ordinalToWords = (value: number, { usage }: Place): string => {
  if (value === 1) return words.first;
  return value === 4 ? words.fourth : integerToWords(String(value), usage);
};

const listedWeekdays: Rule = (place) => {
  const written = matchAt(place, WEEKDAYS, place.at)?.[0];
  if (written === undefined || !AFTER_ORDINAL.test(textBefore(place))) return undefined;
  const to = place.at + written.length;
  if (COUNTED.test(textAfter(place, to))) return undefined;
  const spoken = written
    .replace(/\s?[,;]\s?/g, ', ')
    .replace(/\d/g, (digit) => weekdayNumberToWords(digit, place.usage));
  return { to, spoken, kind: 'ordinal' };
};

const weekdaysUpTo: Rule = (place) => {
  const found = matchAt(place, WEEKDAYS_UP_TO, place.at);
  if (found === undefined || !AFTER_ORDINAL.test(textBefore(place))) return undefined;
  const [written, first = '', last = ''] = found;
  const [from, to] = [first, last].map((digit) => weekdayNumberToWords(digit, place.usage));
  const spoken = `${from} ${words.to} ${calendar.weekday} ${to}`;
  return { to: place.at + written.length, spoken, kind: 'ordinal' };
};

/** Thứ 4 and tháng 4 are tư, thứ 1 is nhất. */
const oneOrdinal: Rule = (place) => {
  const found = matchAt(place, SMALL, place.at);
  if (found === undefined) return undefined;
  const before = textBefore(place);
  const value = Number(found[1]);
  const to = place.at + found[0].length;
  if (AFTER_ORDINAL.test(before)) {
    return { to, spoken: ordinalToWords(value, place), kind: 'ordinal' };
  }
  const isApril = value === 4 && AFTER_MONTH.test(before);
  return isApril ? { to, spoken: calendar.fourthMonth, kind: 'date' } : undefined;
};

/** Days of the week that stand side by side, and numbers that are no count behind their word. */
export const ordinal: Rule = (place) =>
  listedWeekdays(place) ?? weekdaysUpTo(place) ?? oneOrdinal(place);

const isMeant = (place: Place, roman: string): boolean => {
  const before = textBefore(place);
  if (ROMAN_BEFORE.test(before) || PLAINLY_ROMAN.test(roman)) return true;
  const after = place.text.slice(place.at + roman.length, place.at + roman.length + 2);
  return AT_LINE_START.test(before) && HEADING.test(after);
};

/** Roman numerals, where a number is what they can mean. */
export const roman: Rule = (place) => {
  const written = matchAt(place, ROMAN, place.at)?.[0];
  if (written === undefined || !FORM.test(written) || !isMeant(place, written)) return undefined;
  const end = place.at + written.length;
  const value = romanValue(written);
  const isOrdinal = AFTER_ORDINAL.test(textBefore(place));
  const said = isOrdinal
    ? ordinalToWords(value, place)
    : integerToWords(String(value), place.usage);
  const year = matchAt(place, QUARTER_YEAR, end);
  if (year === undefined) return { to: end, spoken: said, kind: 'roman' };
  const spoken = `${said} ${calendar.year} ${integerToWords(year[1] ?? '', place.usage)}`;
  return { to: end + year[0].length, spoken, kind: 'date' };
};
