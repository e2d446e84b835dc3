import en from '#schemas/messages/en/hotlines.json' with { type: 'json' };
import { fillSentence, type Language } from '#schemas/messages/fill-sentence.ts';
import vi from '#schemas/messages/vi/hotlines.json' with { type: 'json' };
import { useLanguage } from '../../../shared/texts/language.ts';
import type { TextFacts } from '../../../shared/texts/texts.ts';

type HotlineTextKey = keyof typeof vi;

const catalogues: Readonly<Record<Language, Readonly<Record<HotlineTextKey, string>>>> = { vi, en };

/** Sentences about telephone numbers; no first screen waits for them. */
export const useHotlineText = (): ((key: HotlineTextKey, facts?: TextFacts) => string) => {
  const language = useLanguage();
  return (key, facts = {}) => fillSentence(catalogues[language][key], facts);
};
