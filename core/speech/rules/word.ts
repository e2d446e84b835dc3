import { alphanumericToWords } from '../alphanumeric.ts';
import { isSyllable, lettersToWords } from '../letters.ts';
import { findInLexicon } from '../lexicon.ts';
import { digitsToWords } from '../number-words.ts';
import { matchAt, type Rule } from '../place.ts';

const MIXED =
  /(?=[A-Za-zĐđ]{0,12}\d)(?=\d{0,12}[A-Za-zĐđ])[A-Za-zĐđ\d]{2,14}(?![\p{L}\p{M}\p{N}])/uy;
const CAPITALS = /[A-ZĐ]{2,4}(?![\p{L}\p{M}\p{N}])/uy;
const INITIALS = /[A-ZĐ](?:\.[A-ZĐ]){1,6}(?![\p{L}\p{M}\p{N}])/uy;
const CONSONANT = /[BCDĐFGHJKLMNPQRSTVWXZ](?![\p{L}\p{M}\p{N}'’])/uy;
const OTHER_DIGITS = /(?:(?![0-9])\p{Nd}){1,20}/uy;
const OTHER_DIGIT = /^\p{Nd}$/u;

/** Words and abbreviations that the lexicon knows. */
export const known: Rule = ({ text, at, lexicon }) => {
  const found = findInLexicon(lexicon, text, at);
  return found && { to: at + found.length, spoken: found.spoken, kind: found.kind };
};

/** Letters and digits in one word, as QL1A, VTV1, 5A. */
export const mixed: Rule = (place) => {
  const written = matchAt(place, MIXED, place.at)?.[0];
  if (written === undefined) return undefined;
  const spoken = alphanumericToWords(written, place);
  return { to: place.at + written.length, spoken, kind: 'letters' };
};

/** Capitals that are no syllable are said letter by letter, as ATM. */
export const spelt: Rule = (place) => {
  const found =
    matchAt(place, INITIALS, place.at) ??
    matchAt(place, CAPITALS, place.at) ??
    matchAt(place, CONSONANT, place.at);
  if (found === undefined || isSyllable(found[0])) return undefined;
  const spoken = lettersToWords(found[0]);
  return { to: place.at + found[0].length, spoken, kind: 'letters' };
};

/** Digits of each script stand in a block of ten, nought first. */
const digitValue = (sign: string): string => {
  const plain = sign.normalize('NFKC');
  if (/^\d$/.test(plain)) return plain;
  const point = sign.codePointAt(0) ?? 0;
  let value = 0;
  while (value < 9 && OTHER_DIGIT.test(String.fromCodePoint(point - value - 1))) value += 1;
  return String(value);
};

/** Digits of other scripts, each by itself. */
export const otherDigits: Rule = (place) => {
  const written = matchAt(place, OTHER_DIGITS, place.at)?.[0];
  if (written === undefined) return undefined;
  const digits = [...written].map(digitValue).join('');
  return { to: place.at + written.length, spoken: digitsToWords(digits), kind: 'number' };
};
