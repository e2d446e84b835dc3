import { isSyllable } from '#core/speech/letters.ts';
import letters from './legacy-letters.json' with { type: 'json' };

const WORDS = /[^\s.,;:!?()"'“”/\d-]+/g;
const PLAIN = /^[\x20-\x7e]*$/;
/** Words that are looked at; a text shows its letters early. */
const MAX_WORDS = 2000;
/** Text in which more of the words than this are Vietnamese is in the right letters already. */
const GOOD_SHARE = 0.7;

const unicodeByTcvn3 = new Map(
  [...letters.tcvn3.legacy].map((sign, index) => [sign, [...letters.tcvn3.unicode][index] ?? sign]),
);

const bothCases = (table: Readonly<Record<string, string>>): ReadonlyMap<string, string> =>
  new Map(
    Object.entries(table).flatMap(([legacy, unicode]) => [
      [legacy, unicode],
      [legacy.toUpperCase(), unicode.toUpperCase()],
    ]),
  );
const vniMarks = bothCases(letters.vniMarks);
const vniLetters = bothCases(letters.vniLetters);
const VNI_PAIR = new RegExp(`([aeouyAEOUYôöÔÖ])([${[...vniMarks.keys()].join('')}])`, 'g');

const fromTcvn3 = (text: string): string =>
  [...text].map((sign) => unicodeByTcvn3.get(sign) ?? sign).join('');

const vniLetter = (sign: string): string => vniLetters.get(sign) ?? sign;

/** In VNI a mark is a sign of its own behind its letter; what has no letter before it is one. */
const fromVni = (text: string): string => {
  let at = 0;
  let unicode = '';
  for (const { 0: pair, 1: letter = '', 2: mark = '', index } of text.matchAll(VNI_PAIR)) {
    unicode += [...text.slice(at, index)].map(vniLetter).join('');
    unicode += `${vniLetter(letter)}${vniMarks.get(mark) ?? ''}`;
    at = index + pair.length;
  }
  return (unicode + [...text.slice(at)].map(vniLetter).join('')).normalize('NFC');
};

const TONES = /[\u0300\u0301\u0303\u0309\u0323]/g;
const LETTERS = /^(?:[aeo]\u0302|a\u0306|[ou]\u031b|[a-zđ])+$/;

/** Vietnamese letters only, one tone at most, and a syllable. */
const isVietnamese = (word: string): boolean => {
  const marked = word.toLowerCase().normalize('NFD');
  const tones = marked.match(TONES)?.length ?? 0;
  return tones <= 1 && LETTERS.test(marked.replace(TONES, '')) && isSyllable(word);
};

/** Which part of the words with other than plain letters are Vietnamese syllables, 0 to 1. */
export const vietnameseShare = (text: string): number => {
  const words = (text.match(WORDS) ?? []).filter((word) => !PLAIN.test(word)).slice(0, MAX_WORDS);
  return words.length === 0 ? 1 : words.filter(isVietnamese).length / words.length;
};

/**
 * The text in Unicode when it was typed in the letters of TCVN3 (ABC) or VNI fonts and stands there
 * as Western signs; else as it is. What reads best as Vietnamese is taken.
 */
export const legacyToUnicode = (text: string): string => {
  let best = text;
  let share = vietnameseShare(text);
  if (share >= GOOD_SHARE) return text;
  for (const candidate of [fromTcvn3(text), fromVni(text)]) {
    const itsShare = vietnameseShare(candidate);
    if (itsShare > share) [best, share] = [candidate, itsShare];
  }
  return best;
};
