import letters from './words/letters.json' with { type: 'json' };

const nameByLetter: Readonly<Record<string, string>> = letters;
/** Onset, vowels, coda of a Vietnamese syllable written without marks. */
const SYLLABLE =
  /^(?:ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdđghklmnprstvx])?[aeiouy]{1,3}(?:ch|ng|nh|[cmnpt])?$/u;

/** Whether somebody could read the word out as one Vietnamese syllable; marks are not needed. */
export const isSyllable = (word: string): boolean =>
  SYLLABLE.test(word.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '').normalize('NFC'));

/** The Vietnamese names of the letters of a word; what is no letter is left out. */
export const lettersToWords = (word: string): string =>
  [...word.toUpperCase()]
    .map((letter) => nameByLetter[letter] ?? '')
    .filter((name) => name !== '')
    .join(' ');
