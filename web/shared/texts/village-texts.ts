import en from '#schemas/messages/en/village.json' with { type: 'json' };
import { fillSentence, type Language } from '#schemas/messages/fill-sentence.ts';
import vi from '#schemas/messages/vi/village.json' with { type: 'json' };
import { useLanguage } from './language.ts';
import type { TextFacts } from './texts.ts';

type VillageKey = keyof typeof vi;

const catalogues: Readonly<Record<Language, Readonly<Record<VillageKey, string>>>> = { vi, en };

/** Sentences about village heads, which load with the parts that say them. */
export const useVillageText = (): ((key: VillageKey, facts?: TextFacts) => string) => {
  const language = useLanguage();
  return (key, facts = {}) => fillSentence(catalogues[language][key], facts);
};
