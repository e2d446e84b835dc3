import { digitWord } from '../number-words.ts';
import {
  beginsWith,
  endsWith,
  matchAt,
  type Place,
  type Rule,
  textAfter,
  textBefore,
} from '../place.ts';
import context from '../words/context.json' with { type: 'json' };
import words from '../words/numbers.json' with { type: 'json' };
import { unitAt } from './quantity.ts';

const NO_MORE = '(?![\\p{L}\\p{N}]|[.,]\\d)';
const ABROAD = new RegExp(
  `\\+\\d{7,15}${NO_MORE}|\\+\\d{1,3}(?:[ .()-]{1,3}\\d{2,5}){2,5}${NO_MORE}`,
  'uy',
);
const TRUNK = new RegExp(
  `\\(?0\\d{2,4}\\)?(?:[ .-]\\d(?=[ .-]\\d{3}))?(?:[ .-]{1,2}[\\dxX*]{2,8}){1,4}${NO_MORE}`,
  'uy',
);
const SERVICE = new RegExp(`1[89]00[ .]?[\\dxX]{2,4}(?:[ .]?\\d{2,4})?${NO_MORE}`, 'uy');
/** As a year may be meant, only where people are told to call. */
const DASHED_SERVICE = new RegExp(`1[89]00-\\d{4,6}${NO_MORE}`, 'uy');
const LONG = new RegExp(`0\\d{2,30}${NO_MORE}|\\d{10,30}${NO_MORE}`, 'uy');
/** A number of a commune without its prefix, only where people are told to call; a round one is none. */
const LOCAL = new RegExp(`(?:\\d[ .])?\\d{3}[ .](?!000)\\d{3}${NO_MORE}`, 'uy');
const SHORT = new RegExp(`\\d{1,20}${NO_MORE}`, 'uy');

const MIN_PHONE_DIGITS = 6;
const MAX_PHONE_DIGITS = 15;
/** Of a number within the country; what stands behind it is another number. */
const MAX_TRUNK_DIGITS = 11;
const LAST_GROUP = /[ .-]{1,2}[\dxX*]+$/;
/** The most digits that are said without a pause. */
const MAX_GROUP = 4;
/** Shorter ones are no codes. */
const MIN_CODE_DIGITS = 4;
const MIN_SHORT_DIGITS = 3;
const MAX_SHORT_DIGITS = 8;

const between = (most: number) => `(?:[\\s:,]+\\p{L}+){0,${most}}[\\s:,]*$`;
const afterWord = (known: readonly string[], most: number): RegExp =>
  new RegExp(`(?<![\\p{L}\\p{M}])(?:${known.join('|')})${between(most)}`, 'u');
const CALLED = afterWord(context.called, 5);
const CALLED_HERE = endsWith(context.calledHere);
const CODED = afterWord(context.coded, 3);
const COUNTED = beginsWith(context.counted);
const LAW = afterWord(context.lawBefore, 1);
const NUMBER_AFTER = /^\s*[/%]|^\s*[-–]\s*\d/;
const EMERGENCY = /^11[1-5]$/;
/** Of those who are called up. */
const YEAR = /^(?:19|20)\d{2}$/;
const YEAR_SAID = endsWith(['năm', 'nhập ngũ']);
const AFTER_SO = endsWith(['số', ...context.emergencyBefore]);
const ANOTHER_ONE = /^(?:[\s,;/-]|và|hoặc|hay){1,12}$/u;

const LONG_PREFIX = /^02\d{3}$/;

/** Groups of two to four digits, as even as they can be, the longer ones first. */
const chunks = (group: string): string[] => {
  if (LONG_PREFIX.test(group)) return [group.slice(0, MAX_GROUP), group.slice(MAX_GROUP)];
  const parts = Math.ceil(group.length / MAX_GROUP);
  const size = Math.floor(group.length / parts);
  const longer = group.length % parts;
  const cuts = Array.from({ length: parts }, (_, index) => index * size + Math.min(index, longer));
  return cuts.map((cut, index) => group.slice(cut, cuts[index + 1]));
};

const sayDigits = (group: string): string =>
  [...group].map((sign) => (/\d/.test(sign) ? digitWord(Number(sign)) : words.masked)).join(' ');

/** Digit by digit, with a pause between groups; `x` stands for a digit that is not told. */
export const phoneToWords = (written: string): string => {
  const groups = written.match(/[\dxX*]+/g) ?? [];
  const said = groups.flatMap(chunks).map(sayDigits).join(', ');
  return written.startsWith('+') ? `${words.plus} ${said}` : said;
};

const countDigits = (written: string): number => written.replace(/[^\dxX*]/g, '').length;

const isCounting = (place: Place, to: number): boolean => COUNTED.test(textAfter(place, to));

const isInList = ({ text, at, last }: Place): boolean =>
  last?.kind === 'digits' && ANOTHER_ONE.test(text.slice(last.to, at));

const findTrunk = (place: Place): string | undefined => {
  let written = matchAt(place, TRUNK, place.at)?.[0];
  while (written !== undefined && countDigits(written) > MAX_TRUNK_DIGITS) {
    const shorter: string = written.replace(LAST_GROUP, '');
    if (shorter === written) return undefined;
    written = shorter;
  }
  return written;
};

/** What is counted or costs something is no number to call. */
const findLocal = (place: Place): string | undefined => {
  const written = matchAt(place, LOCAL, place.at)?.[0];
  if (written === undefined || !(CALLED_HERE.test(textBefore(place)) || isInList(place))) return;
  const to = place.at + written.length;
  return isCounting(place, to) || unitAt(place, to) ? undefined : written;
};

const findPhone = (place: Place): string | undefined => {
  const [abroad, service] = [ABROAD, SERVICE].map((form) => matchAt(place, form, place.at)?.[0]);
  const dashed = CALLED.test(textBefore(place)) ? DASHED_SERVICE : undefined;
  const written = dashed && matchAt(place, dashed, place.at)?.[0];
  const found = [abroad, findTrunk(place), service, written, findLocal(place)];
  return found.find((each) => {
    const digits = countDigits(each ?? '');
    return digits >= MIN_PHONE_DIGITS && digits <= MAX_PHONE_DIGITS;
  });
};

/** Telephone numbers that are known by their form. */
export const phone: Rule = (place) => {
  const written = findPhone(place);
  if (written === undefined) return undefined;
  return { to: place.at + written.length, spoken: phoneToWords(written), kind: 'digits' };
};

const isCalled = (place: Place, digits: string): boolean => {
  if (NUMBER_AFTER.test(textAfter(place, place.at + digits.length))) return false;
  if (digits.length < MIN_SHORT_DIGITS || digits.length > MAX_SHORT_DIGITS) return false;
  const before = textBefore(place);
  if (YEAR.test(digits) && YEAR_SAID.test(before)) return false;
  const isEmergency = EMERGENCY.test(digits) && AFTER_SO.test(before) && !LAW.test(before);
  return isInList(place) || CALLED.test(before) || isEmergency;
};

const isCode = (place: Place, digits: string): boolean =>
  digits.length >= MIN_CODE_DIGITS && CODED.test(textBefore(place));

/** Digits that are known by what stands around them: short numbers to call, codes, accounts. */
export const code: Rule = (place) => {
  const long = matchAt(place, LONG, place.at)?.[0];
  const written = long ?? matchAt(place, SHORT, place.at)?.[0];
  if (written === undefined || isCounting(place, place.at + written.length)) return undefined;
  const isDigits = long !== undefined || isCalled(place, written) || isCode(place, written);
  if (!isDigits) return undefined;
  return { to: place.at + written.length, spoken: phoneToWords(written), kind: 'digits' };
};
