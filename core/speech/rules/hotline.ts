import { PLACEHOLDER } from '../hotlines.ts';
import { matchAt, type Rule } from '../place.ts';
import words from '../words/phrases.json' with { type: 'json' };
import { phoneToWords } from './digits.ts';

const HERE = new RegExp(PLACEHOLDER, 'uy');

/** A placeholder for a telephone number, digit by digit; where there is none, that is said. */
export const hotline: Rule = (place) => {
  const [written, key = ''] = matchAt(place, HERE, place.at) ?? [''];
  const number = place.numbers.get(key);
  if (number === undefined) return undefined;
  const spoken = number === null ? words.noNumber : phoneToWords(number);
  return { to: place.at + written.length, spoken, kind: 'hotline' };
};
