import { alphanumericToWords } from '../alphanumeric.ts';
import { isSyllable, lettersToWords } from '../letters.ts';
import { sayWord } from '../lexicon.ts';
import { digitsToWords, integerToWords } from '../number-words.ts';
import { matchAt, type Place, type Rule } from '../place.ts';
import kinds from '../words/document-kinds.json' with { type: 'json' };
import words from '../words/numbers.json' with { type: 'json' };

/** Capitals of an issuer or a kind of document, as KH, TTg or PV01. */
const PART = '[A-ZĐ][A-ZĐa-zđ0-9&]{0,11}';
const MARK = `[A-ZĐ]{2}[A-ZĐa-zđ0-9&]{0,10}(?:\\s{0,3}-\\s{0,3}${PART}){0,4}`;
const END = '(?![\\p{L}\\p{N}])';
const NUMBERED = new RegExp(
  `(\\d{1,6})(?:\\s{0,2}\\/\\s{0,2}(\\d{4}))?\\s{0,2}\\/\\s{0,2}(${MARK})${END}`,
  'uy',
);
const PARTY = new RegExp(
  `(\\d{1,6})\\s{0,2}[-\\s]\\s{0,2}([A-ZĐ]{2,5})\\s{0,2}\\/\\s{0,2}(${MARK})${END}`,
  'uy',
);
const MARK_ALONE = new RegExp(`[A-ZĐ]{2,6}(?:-[A-ZĐ][A-ZĐa-z0-9]{1,9}){1,4}${END}`, 'uy');

const nameByKind: Readonly<Record<string, string>> = kinds;
const KIND = new RegExp(
  `(?:${Object.keys(kinds).join('|')})(?=\\s{1,2}(?:số\\s{1,2}\\d|\\d{1,6}\\s{0,2}[/-]))|NĐ(?=\\s\\d)`,
  'uy',
);

const partToWords = (part: string, place: Place): string => {
  if (/\d/.test(part)) return alphanumericToWords(part, place);
  return sayWord(place.lexicon, part) ?? lettersToWords(part);
};

const markToWords = (mark: string, place: Place): string =>
  mark
    .split(/[\s-]+/)
    .map((part) => partToWords(part, place))
    .join(' ');

const numberToWords = (digits: string, { usage }: Place): string =>
  digits.startsWith('0') ? digitsToWords(digits) : integerToWords(digits, usage);

/** Numbers of documents, as 479/KH-CAT-PV01 or 1105-CV/HU: known marks in words, others by letter. */
export const documentNumber: Rule = (place) => {
  const { at, usage } = place;
  const party = matchAt(place, PARTY, at);
  const found = party ?? matchAt(place, NUMBERED, at);
  if (found === undefined) return undefined;
  const [all, number = '', middle, mark = ''] = found;
  const inner = party ? ` ${markToWords(middle ?? '', place)}` : yearToWords(middle, usage);
  const head = `${numberToWords(number, place)}${inner}`;
  const spoken = `${head} ${words.over} ${markToWords(mark, place)}`;
  return { to: at + all.length, spoken, kind: 'document' };
};

const yearToWords = (year: string | undefined, usage: Place['usage']): string =>
  year === undefined ? '' : ` ${words.over} ${integerToWords(year, usage)}`;

/** The kind of a document before its number, as NĐ 144/2021/NĐ-CP. */
export const documentKind: Rule = (place) => {
  const found = matchAt(place, KIND, place.at)?.[0];
  const spoken = found === undefined ? undefined : nameByKind[found];
  return spoken === undefined || found === undefined
    ? undefined
    : { to: place.at + found.length, spoken, kind: 'abbreviation' };
};

/** The marks of a document without its number, as NĐ-CP; words in capitals are left as they are. */
export const documentMark: Rule = (place) => {
  const found = matchAt(place, MARK_ALONE, place.at);
  if (found === undefined || found[0].split('-').every(isSyllable)) return undefined;
  const spoken = markToWords(found[0], place);
  return { to: place.at + found[0].length, spoken, kind: 'document' };
};
