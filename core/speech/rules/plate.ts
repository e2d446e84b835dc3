import { lettersToWords } from '../letters.ts';
import { digitWord, integerToWords } from '../number-words.ts';
import { matchAt, type Rule } from '../place.ts';

const PLATE =
  /([1-9]\d)([A-ZĐ]{1,2})(\d?)(?:[-–.]| [-–] )(\d{3}\.\d{2}|\d{4,5})(?![\p{L}\p{N}]|[.,]\d)/uy;

const digitsOf = (group: string): string =>
  [...group].map((digit) => digitWord(Number(digit))).join(' ');

/** Five digits without a point are said as those with one. */
const groupsOf = (number: string): string[] =>
  number.length === 5 ? [number.slice(0, 3), number.slice(3)] : number.split('.');

/** Number plates: 36A-123.45, 29H1-567.89. */
export const plate: Rule = (place) => {
  const found = matchAt(place, PLATE, place.at);
  if (found === undefined) return undefined;
  const [written, province = '', letters = '', digit = '', number = ''] = found;
  const series = [integerToWords(province, place.usage), lettersToWords(letters), digitsOf(digit)];
  const head = series.filter((said) => said !== '').join(' ');
  const spoken = [head, ...groupsOf(number).map(digitsOf)].join(', ');
  return { to: place.at + written.length, spoken, kind: 'digits' };
};
