import en from '#schemas/messages/en/readiness.json' with { type: 'json' };
import { fillSentence, type Language } from '#schemas/messages/fill-sentence.ts';
import vi from '#schemas/messages/vi/readiness.json' with { type: 'json' };
import { useLanguage } from './language.ts';
import type { TextFacts } from './texts.ts';

type ReadinessKey = keyof typeof vi;
/** Gives a sentence about readiness in the language of whoever looks on. */
export type SayReadiness = (key: ReadinessKey, facts?: TextFacts) => string;

const catalogues: Readonly<Record<Language, Readonly<Record<ReadinessKey, string>>>> = { vi, en };

/** Sentences that only parts need which load by themselves: no first screen waits for them. */
export const useReadinessText = (): SayReadiness => {
  const language = useLanguage();
  return (key, facts = {}) => fillSentence(catalogues[language][key], facts);
};
