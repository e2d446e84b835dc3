import en from '#schemas/messages/en/by-hand.json' with { type: 'json' };
import { fillSentence, type Language } from '#schemas/messages/fill-sentence.ts';
import vi from '#schemas/messages/vi/by-hand.json' with { type: 'json' };
import { useLanguage } from './language.ts';
import type { TextFacts } from './texts.ts';

type ByHandKey = keyof typeof vi;

const catalogues: Readonly<Record<Language, Readonly<Record<ByHandKey, string>>>> = { vi, en };

/** Sentences of the dialogues in which somebody has something sound; no first screen waits for them. */
export const useByHandText = (): ((key: ByHandKey, facts?: TextFacts) => string) => {
  const language = useLanguage();
  return (key, facts = {}) => fillSentence(catalogues[language][key], facts);
};
