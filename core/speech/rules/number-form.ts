import { digitsToWords, fractionToWords, integerToWords } from '../number-words.ts';
import { beginsWith, matchAt, type Place, textAfter } from '../place.ts';
import context from '../words/context.json' with { type: 'json' };
import words from '../words/numbers.json' with { type: 'json' };

/** Thousands apart by points, blanks or commas; a comma before what is less than one. */
const GROUPED =
  /(\d{1,3}(?:[.\u00a0\u202f]\d{3}){1,9}|\d{1,3}(?: \d{3}){2,6})(?!\d|\.\d)(?:,(\d{1,9})(?![\d,]))?/y;
const COMMAS = /\d{1,3}(?:,\d{3}){2,6}(?![\d,])/y;
const DOTTED = /\d+(?:\.\d+)+/y;
const PLAIN = /(\d+)(?:,(\d{1,9})(?!\d|,\d))?/y;
/** 50,000đ: there are no thousandths of a đồng. */
const COMMA_THOUSANDS = /^\d{1,3},\d{3}$/;
const DONG = /^\s?(?:đ|₫|đồng|vnđ|vnd)(?![\p{L}\p{N}])/u;
const MULTIPLIED = beginsWith(context.multiplied);
/** As a calculator writes it: 3.5 tấn. */
const ONE_POINT = /^\d{1,4}\.\d{1,2}$/;
const MEASURED = beginsWith(context.measuredBy);
const MIN_NOUGHTS = 3;

/** A number as it is written, and in words. */
export type NumberForm = { readonly written: string; readonly spoken: string };

const whole = (digits: string, { usage }: Place): string => {
  const isCode = digits.startsWith('0') && (digits.length >= MIN_NOUGHTS || /^0+$/.test(digits));
  return isCode ? digitsToWords(digits) : integerToWords(digits, usage);
};

const withComma = (digits: string, rest: string | undefined, place: Place): string => {
  const head = whole(digits.replace(/\D/g, ''), place);
  return rest === undefined ? head : `${head} ${words.comma} ${fractionToWords(rest, place.usage)}`;
};

const dotted = (written: string, place: Place): string => {
  const parts = written.split('.');
  const [head = '', rest = ''] = parts;
  const after = textAfter(place, place.at + written.length);
  const isMeasured = ONE_POINT.test(written) && MEASURED.test(after);
  const isAmount = isMeasured || (parts.length === 2 && MULTIPLIED.test(after));
  if (isAmount) return withComma(head, rest, place);
  return parts.map((digits) => whole(digits, place)).join(` ${words.point} `);
};

const plain = (found: RegExpExecArray, place: Place): string => {
  const [written, digits = '', rest] = found;
  const isMoney =
    COMMA_THOUSANDS.test(written) && DONG.test(textAfter(place, place.at + written.length));
  return isMoney ? whole(written.replace(',', ''), place) : withComma(digits, rest, place);
};

/** The number that begins at the place, without a sign; undefined when no ASCII digit stands there. */
export const readNumber = (place: Place): NumberForm | undefined => {
  const { at } = place;
  const grouped = matchAt(place, GROUPED, at);
  if (grouped) {
    const [written, digits = '', rest] = grouped;
    return { written, spoken: withComma(digits, rest, place) };
  }
  const commas = matchAt(place, COMMAS, at);
  if (commas) return { written: commas[0], spoken: withComma(commas[0], undefined, place) };
  const points = matchAt(place, DOTTED, at);
  if (points) return { written: points[0], spoken: dotted(points[0], place) };
  const found = matchAt(place, PLAIN, at);
  return found && { written: found[0], spoken: plain(found, place) };
};
