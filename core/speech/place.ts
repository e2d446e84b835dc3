import type { ChangeKind, SpeechUsage, SpokenChange } from '#schemas/speech.ts';
import type { ReadNumbers } from './hotlines.ts';
import type { Lexicon } from './lexicon.ts';

/** Where the reader stands in a text, and what it has said last. */
export type Place = {
  readonly text: string;
  readonly at: number;
  readonly lexicon: Lexicon;
  readonly usage: SpeechUsage;
  readonly numbers: ReadNumbers;
  readonly last: SpokenChange | undefined;
  /** The last of them that is no pause and no sign. */
  readonly lastWords: SpokenChange | undefined;
};

/** What is said in place of everything from the place to `to`. */
export type Said = { readonly to: number; readonly spoken: string; readonly kind: ChangeKind };

/** Says what stands at a place, or leaves it to the rules after it. */
export type Rule = (place: Place) => Said | undefined;

/** How far a rule looks back and ahead for what a number is about. */
const CONTEXT_CHARS = 60;

/** The match of a sticky expression exactly at `at`. */
export const matchAt = (
  { text }: Pick<Place, 'text'>,
  pattern: RegExp,
  at: number,
): RegExpExecArray | undefined => {
  pattern.lastIndex = at;
  return pattern.exec(text) ?? undefined;
};

/** What stands before the place in its line, in small letters, at most sixty characters. */
export const textBefore = ({ text, at }: Place): string => {
  const before = text.slice(Math.max(0, at - CONTEXT_CHARS), at);
  return before.slice(before.lastIndexOf('\n') + 1).toLowerCase();
};

/** What follows `from` in its line, in small letters, at most sixty characters. */
export const textAfter = ({ text }: Pick<Place, 'text'>, from: number): string => {
  const after = text.slice(from, from + CONTEXT_CHARS);
  return (after.split('\n', 1)[0] ?? '').toLowerCase();
};

const LIST = /^[\s,;&]{0,3}(?:(?:và|hoặc) )?$/u;

/** Whether the place goes on with a list whose part before it was said as `kind`. */
export const isListedAfter = ({ text, at, lastWords }: Place, kind: ChangeKind): boolean =>
  lastWords?.kind === kind && LIST.test(text.slice(lastWords.to, at));

const oneOf = (words: readonly string[]): string => words.join('|');

/** A test whether a text ends with one of the words; blanks, commas, colons may follow it. */
export const endsWith = (words: readonly string[]): RegExp =>
  new RegExp(`(?:^|[^\\p{L}\\p{M}\\p{N}])(?:${oneOf(words)})[\\s,:(]*$`, 'u');

/** A test whether a text begins with one of the words, after blanks. */
export const beginsWith = (words: readonly string[]): RegExp =>
  new RegExp(`^\\s*(?:${oneOf(words)})(?![\\p{L}\\p{M}\\p{N}])`, 'u');
