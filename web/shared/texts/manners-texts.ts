import en from '#schemas/messages/en/manners.json' with { type: 'json' };
import { fillSentence, type Language } from '#schemas/messages/fill-sentence.ts';
import vi from '#schemas/messages/vi/manners.json' with { type: 'json' };
import { useLanguage } from './language.ts';

type MannersKey = keyof typeof vi;

const catalogues: Readonly<Record<Language, Readonly<Record<MannersKey, string>>>> = { vi, en };

/** Sentences about how sessions are played; no first screen waits for them. */
export const useMannersText = (): ((key: MannersKey) => string) => {
  const language = useLanguage();
  return (key) => fillSentence(catalogues[language][key], {});
};
