import { lettersToWords } from './letters.ts';
import { sayWord } from './lexicon.ts';
import { digitsToWords, integerToWords } from './number-words.ts';
import type { Place } from './place.ts';

const RUNS = /\d+|\D+/g;
/** Longer runs of letters are names, and are read as words. */
const MAX_SPELT = 4;

const digitRun = (digits: string, { usage }: Pick<Place, 'usage'>): string =>
  digits.startsWith('0') ? digitsToWords(digits) : integerToWords(digits, usage);

const letterRun = (run: string, { lexicon }: Pick<Place, 'lexicon'>): string => {
  const known = sayWord(lexicon, run);
  if (known !== undefined) return known;
  const isSpelt = run.length === 1 || (run === run.toUpperCase() && run.length <= MAX_SPELT);
  return isSpelt ? lettersToWords(run) : run;
};

/** Letters and digits written as one word, as QL1A: known letters, other letters, and numbers. */
export const alphanumericToWords = (
  word: string,
  place: Pick<Place, 'lexicon' | 'usage'>,
): string => {
  const known = sayWord(place.lexicon, word);
  if (known !== undefined) return known;
  const runs = word.match(RUNS) ?? [];
  return runs
    .map((run) => (/^\d/.test(run) ? digitRun(run, place) : letterRun(run, place)))
    .join(' ');
};
