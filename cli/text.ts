import enBox from '#schemas/messages/en/box.json' with { type: 'json' };
import en from '#schemas/messages/en/cli.json' with { type: 'json' };
import { type Catalogue, fillSentence, type Language } from '#schemas/messages/fill-sentence.ts';
import { problemToSentence } from '#schemas/messages/sentence.ts';
import viBox from '#schemas/messages/vi/box.json' with { type: 'json' };
import vi from '#schemas/messages/vi/cli.json' with { type: 'json' };
import type { Problem } from '#schemas/problem.ts';
import { languagesOf } from '../bootstrap/texts.mjs';

const catalogues: Readonly<Record<Language, Readonly<Record<keyof typeof vi, string>>>> = {
  vi,
  en,
};

const boxCatalogues: Readonly<Record<Language, Readonly<Record<keyof typeof viBox, string>>>> = {
  vi: viBox,
  en: enBox,
};

/** The key of a sentence of the command line. */
export type TextKey = keyof typeof vi;

/** The languages this terminal wants, most wanted first. */
export const terminalLanguages: readonly Language[] = languagesOf(process.env);

const language: Language = terminalLanguages[0] ?? 'vi';

/** The sentence in the terminal's first language, its facts filled in. */
export const text = (key: TextKey, facts: Readonly<Record<string, unknown>> = {}): string =>
  fillSentence(catalogues[language][key], facts);

/** What the status page at the box says, in the terminal's first language. */
export const boxText = (key: keyof typeof viBox): string => boxCatalogues[language][key];

/** The sentence of a key that may not exist: undefined when it does not. */
export const textIfKnown = (
  key: string,
  facts: Readonly<Record<string, unknown>>,
): string | undefined => {
  const catalogue: Catalogue = catalogues[language];
  const sentence = catalogue[key];
  return sentence === undefined ? undefined : fillSentence(sentence, facts);
};

/** What went wrong and what to do, one line for each of the terminal's languages. */
export const problemText = (problem: Problem): string =>
  terminalLanguages.map((each) => problemToSentence(problem, each)).join('\n');
