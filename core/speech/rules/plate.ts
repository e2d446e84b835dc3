import { lettersToWords } from '../letters.ts';
import { digitWord, integerToWords } from '../number-words.ts';
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
import { unitAt } from './quantity.ts';

/** No plate has an I, a J, an O, a Q or a W. */
const SERIES = '([1-9]\\d)([ABCDĐEFGHKLMNPRSTUVXYZ]{1,2})(\\d?)';
const NUMBER = '(\\d{3}\\.\\d{2}|\\d{4,5})(?![\\p{L}\\p{N}]|[.,]\\d)';
const PLATE = new RegExp(`${SERIES}(?:[-–.]| [-–] )${NUMBER}`, 'uy');
const WITH_BLANK = new RegExp(`${SERIES}[ \u00a0]${NUMBER}`, 'uy');
const PLATE_SAID = endsWith(context.plateBefore);
const COUNTED = beginsWith(context.counted);

const digitsOf = (group: string): string =>
  [...group].map((digit) => digitWord(Number(digit))).join(' ');

/** Five digits without a point are said as those with one. */
const groupsOf = (number: string): string[] =>
  number.length === 5 ? [number.slice(0, 3), number.slice(3)] : number.split('.');

/** What stands behind the dash may be what a thing costs: 50A - 50000 đồng. */
const isPrice = (place: Place, to: number): boolean =>
  unitAt(place, to) !== undefined || COUNTED.test(textAfter(place, to));

/** Number plates: 36A-123.45, 29H1-567.89. */
export const plate: Rule = (place) => {
  const spaced = PLATE_SAID.test(textBefore(place)) ? WITH_BLANK : PLATE;
  const found = matchAt(place, PLATE, place.at) ?? matchAt(place, spaced, place.at);
  if (found === undefined || isPrice(place, place.at + found[0].length)) return undefined;
  const [written, province = '', letters = '', digit = '', number = ''] = found;
  const series = [integerToWords(province, place.usage), lettersToWords(letters), digitsOf(digit)];
  const head = series.filter((said) => said !== '').join(' ');
  const spoken = [head, ...groupsOf(number).map(digitsOf)].join(', ');
  return { to: place.at + written.length, spoken, kind: 'digits' };
};
