import en from '#schemas/messages/en/upkeep.json' with { type: 'json' };
import { fillSentence, type Language } from '#schemas/messages/fill-sentence.ts';
import vi from '#schemas/messages/vi/upkeep.json' with { type: 'json' };
import { useLanguage } from '../../shared/texts/language.ts';
import type { TextFacts } from '../../shared/texts/texts.ts';

type UpkeepKey = keyof typeof vi;

const catalogues: Readonly<Record<Language, Readonly<Record<UpkeepKey, string>>>> = { vi, en };

/** Sentences about a speaker's upkeep, which load with its dialogue. */
export const useUpkeepText = (): ((key: UpkeepKey, facts?: TextFacts) => string) => {
  const language = useLanguage();
  return (key, facts = {}) => fillSentence(catalogues[language][key], facts);
};
