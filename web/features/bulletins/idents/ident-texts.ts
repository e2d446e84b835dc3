import en from '#schemas/messages/en/idents.json' with { type: 'json' };
import { fillSentence, type Language } from '#schemas/messages/fill-sentence.ts';
import vi from '#schemas/messages/vi/idents.json' with { type: 'json' };
import { useLanguage } from '../../../shared/texts/language.ts';
import type { TextFacts } from '../../../shared/texts/texts.ts';

type IdentTextKey = keyof typeof vi;

const catalogues: Readonly<Record<Language, Readonly<Record<IdentTextKey, string>>>> = { vi, en };

/** Sentences about what opens and closes sessions; no first screen waits for them. */
export const useIdentText = (): ((key: IdentTextKey, facts?: TextFacts) => string) => {
  const language = useLanguage();
  return (key, facts = {}) => fillSentence(catalogues[language][key], facts);
};
