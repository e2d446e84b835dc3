import { integerToWords } from '../number-words.ts';
import { endsWith, matchAt, type Place, type Rule, textBefore } from '../place.ts';
import calendar from '../words/calendar.json' with { type: 'json' };
import context from '../words/context.json' with { type: 'json' };
import words from '../words/numbers.json' with { type: 'json' };

const SMALL = /(\d{1,4})(?![\p{L}\p{N}/%]|[.,]\d)/uy;
const ROMAN = /[IVXLC]{1,8}(?![\p{L}\p{M}\p{N}])/uy;
const FORM = /^(?:X{1,3}|X?L|L?X{0,3})?(?:IX|IV|V?I{0,3})$/;
/** Without a word before it only these are taken for numbers. */
const PLAINLY_ROMAN = /^(?!XX|CC)(?=.{2,})[IVX]+$/;
const AT_LINE_START = /^\s*$/;
const HEADING = /^[.)]\s/;
const QUARTER_YEAR = /\/((?:19|20|21)\d{2})(?!\d)/y;

const AFTER_ORDINAL = endsWith(context.ordinal);
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

/** Thứ 4 and tháng 4 are tư, thứ 1 is nhất. */
export const ordinal: Rule = (place) => {
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
