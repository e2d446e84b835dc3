import type { Problem, ProblemCode } from '../problem.ts';
import en from './en/problems.json' with { type: 'json' };
import { factToText } from './fact-words.ts';
import { issuesToText } from './field-words.ts';
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
  const facts = Object.entries(problem).map(([name, value]) => [
    name,
    name === 'issues' ? issuesToText(value, language) : factToText(name, value, language),
  ]);
  return fillSentence(problemSentences[language][problem.code], Object.fromEntries(facts));
};
