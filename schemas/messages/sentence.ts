import type { Problem, ProblemCode } from '../problem.ts';
import en from './en/problems.json' with { type: 'json' };
import { factToText } from './fact-words.ts';
import { fieldsToText, issuesToText } from './field-words.ts';
import { fillSentence, type Language } from './fill-sentence.ts';
import vi from './vi/problems.json' with { type: 'json' };

/** Where `problemToSentence` is used, its language is named too. */
export type { Language };

const problemSentences: Readonly<Record<Language, Readonly<Record<ProblemCode, string>>>> = {
  vi,
  en,
};

/** What happened and what to do about it, for a person, its facts in that person's words. */
export const problemToSentence = (problem: Problem, language: Language): string => {
  const toText = (name: string, value: unknown): unknown => {
    if (name === 'issues') return issuesToText(value, language);
    if (name === 'fields') return fieldsToText(value, language);
    return factToText(name, value, language);
  };
  const facts = Object.entries(problem).map(([name, value]) => [name, toText(name, value)]);
  return fillSentence(problemSentences[language][problem.code], Object.fromEntries(facts));
};
