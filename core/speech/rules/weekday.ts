import { monthToWords, weekdayNumberToWords, yearToWords } from '../calendar-words.ts';
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
import words from '../words/numbers.json' with { type: 'json' };

const NO_MORE = '(?![\\p{L}\\p{M}\\p{N}/])';
const DAY = 'T[2-7]|CN';
const TO = '(?:\\s?[-–—]\\s?| đến | tới )';
const WEEKDAY = new RegExp(`(${DAY})(?:${TO}(${DAY}))?${NO_MORE}`, 'uy');
const MONTH = 'T(?:1[0-2]|[1-9])';
const AND = '(?:\\s?[,;&]\\s?|\\s(?:và|hoặc)\\s)';
const MONTHS = new RegExp(
  `(${MONTH}(?:(?:${AND}|${TO})${MONTH}){1,11})(?:\\/((?:19|20|21)\\d{2}))?${NO_MORE}`,
  'uy',
);
/** The first day with a T, the others without: T2,4,6 and T2-6. */
const SHORT_DAYS = new RegExp(
  `T([2-7])(?:((?:\\s?[,;]\\s?[2-7]){1,5})|\\s?[-–]\\s?([2-7]))${NO_MORE}(?![.,]\\d)`,
  'uy',
);
/** There are no such days of the week. */
const LATE_MONTH = new RegExp(`T(1[0-2]|[89])${NO_MORE}`, 'uy');
const MONTH_BEFORE = endsWith(context.monthBefore);
const MONTH_OF_YEAR = /T(1[0-2]|[1-9])\/((?:19|20|21)\d{2})(?![\p{L}\p{N}/])/uy;
const FOLLOWED_BY_ANOTHER = new RegExp(
  `^(?:\\s?[,;&]\\s?|\\s(?:và|hoặc)\\s)(?:t[2-7]|cn)${NO_MORE}`,
  'u',
);

const BEFORE = endsWith(context.weekdayBefore);
const STOREY = endsWith(context.storeyBefore);
const DAY_BEFORE = endsWith(context.strictDateBefore);
/** CN Agribank, CN Văn phòng đăng ký đất đai. */
const BRANCH = /CN\s{1,2}\p{Lu}\p{M}*\p{Ll}/uy;
const AFTER = beginsWith(context.weekdayAfter);

const dayToWords = (written: string, { usage }: Place): string =>
  written === 'CN'
    ? calendar.sunday
    : `${calendar.weekday} ${weekdayNumberToWords(written.slice(1), usage)}`;

/** Behind thứ 7 in a list, or at the end of a range of days. */
const isSundayListed = (place: Place, written: string): boolean => {
  const { at, last } = place;
  const isRangeEnd = last?.kind === 'range' && last.to === at;
  return written === 'CN' && (isListedAfter(place, 'ordinal') || isRangeEnd);
};

/** A storey may be called T2 and a branch CN: a day is what stands where days stand. */
const isMeant = (place: Place, written: string): boolean => {
  if (matchAt(place, BRANCH, place.at) && !DAY_BEFORE.test(textBefore(place))) return false;
  const after = textAfter(place, place.at + written.length);
  return (
    BEFORE.test(textBefore(place)) ||
    AFTER.test(after) ||
    FOLLOWED_BY_ANOTHER.test(after) ||
    isSundayListed(place, written) ||
    isListedAfter(place, 'date') ||
    isListedAfter(place, 'time')
  );
};

const weekdays: Rule = (place) => {
  const [written, first = '', last] = matchAt(place, WEEKDAY, place.at) ?? [''];
  if (written === '' || (last === undefined && !isMeant(place, written))) return undefined;
  const spoken = [first, last].flatMap((day) =>
    day === undefined ? [] : [dayToWords(day, place)],
  );
  return { to: place.at + written.length, spoken: spoken.join(` ${words.to} `), kind: 'date' };
};

const shortDays: Rule = (place) => {
  const found = matchAt(place, SHORT_DAYS, place.at);
  if (found === undefined || STOREY.test(textBefore(place))) return undefined;
  const [written, first = '', list = '', last] = found;
  const more = list.match(/\d/g)?.map((day) => `, ${weekdayNumberToWords(day, place.usage)}`);
  const head = dayToWords(`T${first}`, place);
  const rest =
    last === undefined ? more?.join('') : ` ${words.to} ${dayToWords(`T${last}`, place)}`;
  return { to: place.at + written.length, spoken: `${head}${rest ?? ''}`, kind: 'date' };
};

const monthsToWords = (list: string, { usage }: Place): string =>
  list
    .replace(/\s?[-–—]\s?/g, ` ${words.to} `)
    .replace(/\s?&\s?/g, ` ${words.and} `)
    .replace(/\s?[,;]\s?/g, ', ')
    .replace(/T(\d+)/g, (_all, month: string) => monthToWords(month, usage));

/** Of T2–T6 and T3, T5 all may be days or months: days, unless one of them can be none. */
const months: Rule = (place) => {
  const found = matchAt(place, MONTHS, place.at);
  if (found === undefined || STOREY.test(textBefore(place))) return undefined;
  const [written, list = '', year] = found;
  const isDays = year === undefined && !/T(?:1|[89])/.test(list);
  if (isDays) return undefined;
  const spoken = `${monthsToWords(list, place)}${yearToWords(year, place.usage)}`;
  return { to: place.at + written.length, spoken, kind: 'date' };
};

const lateMonth: Rule = (place) => {
  const [written, month = ''] = matchAt(place, LATE_MONTH, place.at) ?? [''];
  if (written === '' || !MONTH_BEFORE.test(textBefore(place))) return undefined;
  return { to: place.at + written.length, spoken: monthToWords(month, place.usage), kind: 'date' };
};

const monthOfYear: Rule = (place) => {
  const found = matchAt(place, MONTH_OF_YEAR, place.at);
  if (found === undefined) return undefined;
  const [written, month = '', year = ''] = found;
  const spoken = `${monthToWords(month, place.usage)}${yearToWords(year, place.usage)}`;
  return { to: place.at + written.length, spoken, kind: 'date' };
};

/** Days of the week and months as offices shorten them: T2–T6, CN, T9/2025. */
export const weekday: Rule = (place) =>
  monthOfYear(place) ?? months(place) ?? lateMonth(place) ?? shortDays(place) ?? weekdays(place);
