import { monthNumberToWords, monthToWords, yearToWords } from '../calendar-words.ts';
import {
  beginsWith,
  endsWith,
  isListedAfter,
  matchAt,
  type Place,
  type Rule,
  textAfter,
  textBefore,
} from '../place.ts';
import calendar from '../words/calendar.json' with { type: 'json' };
import context from '../words/context.json' with { type: 'json' };
import { dayPrefix, dayToWords, isDay, isDaySaid, isMonth } from './day-words.ts';
import { unitAt } from './quantity.ts';

const NO_MORE = '(?![\\p{L}\\p{N}/]|[.,-]\\d)';
const YEAR = '(?:\\/((?:19|20|21)\\d{2}))?';
const AND = '(?:\\s?[,;+&]\\s?|\\s(?:và|hoặc)\\s)';
const DAYS = new RegExp(`(\\d{1,2}(?:${AND}\\d{1,2}){1,8})\\/(\\d{1,2})${YEAR}${NO_MORE}`, 'uy');
const SHORT_MONTH = new RegExp(`(\\d{1,2})\\/T(\\d{1,2})${YEAR}${NO_MORE}`, 'uy');
const DOTTED = new RegExp(`(\\d{1,2})\\.(\\d{1,2})${NO_MORE}`, 'uy');
const DOTTED_DAY = /^\d{1,2}\.\d{1,2}$/;
const MONTHS = new RegExp(`(\\d{1,2}(?:,\\d{1,2}){1,8})${YEAR}${NO_MORE}`, 'uy');
const DIGITS = /\d+/g;

const DAY_MEANT = endsWith(context.strictDateBefore);
const FEAST = endsWith(context.feastBefore);
const DOSED = beginsWith(context.dosed);
const EVERY_DAY = endsWith(context.everyDay);
const MULTIPLIED = beginsWith(context.multiplied);
const MEASURED = beginsWith(context.measuredBy);
const MONTH_SAID = endsWith(context.month);
const PART_OF_MONTH = endsWith(context.partOfMonth);

/** Words for each of the numbers of a list, its commas and words kept. */
const eachToWords = (list: string, toWords: (digits: string) => string): string =>
  list
    .replace(/\s?([,;])\s?/g, '$1 ')
    .replace(/\s?[+&]\s?/g, ' và ')
    .replaceAll(';', ',')
    .replace(DIGITS, toWords);

/** Whether what ends at `to` is how much there is of something: 4,5 triệu đồng. */
const isAmount = (place: Place, to: number): boolean => {
  const after = textAfter(place, to);
  return unitAt(place, to) !== undefined || MULTIPLIED.test(after) || MEASURED.test(after);
};

/** Several days of one month: ngày 5, 6, 7/10. */
const listedDays: Rule = (place) => {
  const found = matchAt(place, DAYS, place.at);
  if (found === undefined || !DAY_MEANT.test(textBefore(place))) return undefined;
  const [written, list = '', month = '', year] = found;
  if (!isMonth(month) || !(list.match(DIGITS) ?? []).every(isDay)) return undefined;
  const days = eachToWords(list, (digits) => dayToWords(digits, place));
  const rest = `${monthToWords(month, place.usage)}${yearToWords(year, place.usage)}`;
  const spoken = `${dayPrefix(place)}${days} ${rest}`;
  return { to: place.at + written.length, spoken, kind: 'date' };
};

/** A day, or a week, of a month whose number has a T before it: 5/T10. */
const dayOfShortMonth: Rule = (place) => {
  const found = matchAt(place, SHORT_MONTH, place.at);
  if (found === undefined) return undefined;
  const [written, day = '', month = '', year] = found;
  if (!isDay(day) || !isMonth(month)) return undefined;
  const rest = `${monthToWords(month, place.usage)}${yearToWords(year, place.usage)}`;
  const isPart = PART_OF_MONTH.test(textBefore(place));
  const head = isPart
    ? monthNumberToWords(day, place.usage)
    : `${dayPrefix(place)}${dayToWords(day, place)}`;
  return { to: place.at + written.length, spoken: `${head} ${rest}`, kind: 'date' };
};

const isListedDotted = (place: Place): boolean => {
  const { text, lastWords } = place;
  const isDotted = DOTTED_DAY.test(text.slice(lastWords?.from, lastWords?.to));
  return isDotted && isListedAfter(place, 'date');
};

/** A day with a point, where a day is spoken of and nothing is measured: ngày 20.11. */
const dottedDay: Rule = (place) => {
  const found = matchAt(place, DOTTED, place.at);
  if (found === undefined) return undefined;
  const [written, day = '', month = ''] = found;
  const before = textBefore(place);
  const isSaid = (isDaySaid(place) && !EVERY_DAY.test(before)) || FEAST.test(before);
  const isMeant = isSaid || isListedDotted(place);
  const to = place.at + written.length;
  const isMeasured = isAmount(place, to) || DOSED.test(textAfter(place, to));
  if (!isMeant || isMeasured || !isDay(day) || !isMonth(month)) return undefined;
  const spoken = `${dayPrefix(place)}${dayToWords(day, place)} ${monthToWords(month, place.usage)}`;
  return { to: place.at + written.length, spoken, kind: 'date' };
};

/** Months side by side: tháng 9,10. */
const listedMonths: Rule = (place) => {
  const found = matchAt(place, MONTHS, place.at);
  if (found === undefined || !MONTH_SAID.test(textBefore(place))) return undefined;
  const [written, list = '', year] = found;
  if (!(list.match(DIGITS) ?? []).every(isMonth)) return undefined;
  if (isAmount(place, place.at + written.length)) return undefined;
  const months = eachToWords(list, (digits) => monthNumberToWords(digits, place.usage));
  const spoken = `${months}${yearToWords(year, place.usage)}`;
  return { to: place.at + written.length, spoken, kind: 'date' };
};

const NAMED = new RegExp(`(\\d{1,2})[-–/](\\d{1,2})${NO_MORE}`, 'uy');
const NAMED_PLACE = endsWith(context.namedByDay);
/** Several of them, by their numbers: các tuyến 1-5. */
const SEVERAL = /các \p{L}+\s+$/u;
const RISING = /^(?:1-[56]|2-9)$/;
const namingDays: ReadonlySet<string> = new Set(calendar.namingDays);

/** A street, a school or a square that has its name from a feast: đường 30-4, Trường Mầm non 1-6. */
const namingDay: Rule = (place) => {
  const [written, day = '', month = ''] = matchAt(place, NAMED, place.at) ?? [''];
  if (written === '' || !namingDays.has(`${Number(day)}-${Number(month)}`)) return undefined;
  if (!NAMED_PLACE.test(textBefore(place))) return undefined;
  const to = place.at + written.length;
  const isCounting = RISING.test(written) && SEVERAL.test(textBefore(place));
  if (isCounting || isAmount(place, to)) return undefined;
  const spoken = `${monthNumberToWords(day, place.usage)} ${monthToWords(month, place.usage)}`;
  return { to, spoken, kind: 'date' };
};

/** Days and months that stand in a list, are shortened, or are the name of a place. */
export const dateList: Rule = (place) =>
  namingDay(place) ??
  listedDays(place) ??
  dayOfShortMonth(place) ??
  dottedDay(place) ??
  listedMonths(place);
