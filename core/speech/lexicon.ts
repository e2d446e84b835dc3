import type { ChangeKind } from '#schemas/speech.ts';
import abbreviations from './words/abbreviations.json' with { type: 'json' };
import pronunciations from './words/pronunciations.json' with { type: 'json' };

/** How one word or abbreviation is said; `spoken` null says it as it is written. */
export type Pronunciation = { readonly written: string; readonly spoken: string | null };

type Entry = {
  readonly written: string;
  readonly spoken: string;
  readonly kind: ChangeKind;
  /** All in capitals: only the same capitals mean it. */
  readonly isCased: boolean;
};

/** Entries by their first word in small letters, the longest first. */
export type Lexicon = ReadonlyMap<string, readonly Entry[]>;

/** What was found, and how long it is written in UTF-16 units. */
export type Found = {
  readonly length: number;
  readonly spoken: string;
  readonly kind: ChangeKind;
};

const FIRST_WORD = /^[\p{L}\p{M}\p{N}]+/u;
const WORD_CHAR = /[\p{L}\p{M}\p{N}]/u;
/** The longest word or abbreviation that a lexicon holds. */
export const MAX_WRITTEN_CHARS = 60;

const firstWord = (text: string): string => FIRST_WORD.exec(text)?.[0] ?? '';

const isCapitals = (written: string): boolean =>
  written === written.toUpperCase() && written !== written.toLowerCase();

const isAbbreviation = (written: string): boolean => isCapitals(written) || /[./]/.test(written);

const toEntry = ({ written, spoken }: Pronunciation): Entry | undefined =>
  spoken === null
    ? undefined
    : {
        written,
        spoken,
        kind: isAbbreviation(written) ? 'abbreviation' : 'pronunciation',
        isCased: isCapitals(written),
      };

const builtIn: readonly Pronunciation[] = [
  ...Object.entries(abbreviations),
  ...Object.entries(pronunciations),
].map(([written, spoken]) => ({ written, spoken }));

/**
 * The lexicon that comes with the program, with a site's own entries in place of or beside its
 * entries. What is written all in capitals is found in capitals only, everything else in any case;
 * entries that begin with no letter or digit, or are longer than 60, are left out.
 */
export const createLexicon = (own: readonly Pronunciation[] = []): Lexicon => {
  const byKey = new Map<string, Pronunciation>();
  for (const entry of [...own, ...builtIn]) {
    const written = entry.written.normalize('NFC');
    const key = isCapitals(written) ? written : written.toLowerCase();
    if (!byKey.has(key)) byKey.set(key, { ...entry, written });
  }
  const lexicon = new Map<string, Entry[]>();
  for (const entry of [...byKey.values()].map(toEntry)) {
    const key = firstWord(entry?.written.toLowerCase() ?? '');
    if (entry === undefined || key === '' || entry.written.length > MAX_WRITTEN_CHARS) continue;
    lexicon.set(key, [...(lexicon.get(key) ?? []), entry]);
  }
  for (const entries of lexicon.values()) {
    entries.sort((a, b) => b.written.length - a.written.length);
  }
  return lexicon;
};

const isAt = (text: string, at: number, { written, isCased }: Entry): boolean => {
  const end = at + written.length;
  const slice = text.slice(at, end);
  const isSame = isCased ? slice === written : slice.toLowerCase() === written.toLowerCase();
  const endsInWord = WORD_CHAR.test(written.at(-1) ?? '');
  return isSame && !(endsInWord && WORD_CHAR.test(text.slice(end, end + 1)));
};

/** The longest entry that stands at `at`; undefined when there is none. */
export const findInLexicon = (lexicon: Lexicon, text: string, at: number): Found | undefined => {
  const word = firstWord(text.slice(at, at + MAX_WRITTEN_CHARS)).toLowerCase();
  const found = lexicon.get(word)?.find((entry) => isAt(text, at, entry));
  return found && { length: found.written.length, spoken: found.spoken, kind: found.kind };
};

/** How a whole word is said by the lexicon; undefined when it does not know it. */
export const sayWord = (lexicon: Lexicon, word: string): string | undefined => {
  const found = findInLexicon(lexicon, word, 0);
  return found?.length === word.length ? found.spoken : undefined;
};
