import en from '#schemas/messages/en/corrections.json' with { type: 'json' };
import { fillSentence, type Language } from '#schemas/messages/fill-sentence.ts';
import vi from '#schemas/messages/vi/corrections.json' with { type: 'json' };
import { useLanguage } from '../../shared/texts/language.ts';
import type { TextFacts } from '../../shared/texts/texts.ts';

type CorrectionsKey = keyof typeof vi;

const catalogues: Readonly<Record<Language, Readonly<Record<CorrectionsKey, string>>>> = { vi, en };

/** Sentences about corrections of the unit history; no first screen waits for them. */
export const useCorrectionsText = (): ((key: CorrectionsKey, facts?: TextFacts) => string) => {
  const language = useLanguage();
  return (key, facts = {}) => fillSentence(catalogues[language][key], facts);
};
