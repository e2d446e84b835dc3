import en from '#schemas/messages/en/uploads.json' with { type: 'json' };
import { fillSentence, type Language } from '#schemas/messages/fill-sentence.ts';
import vi from '#schemas/messages/vi/uploads.json' with { type: 'json' };
import { useLanguage } from '../../../shared/texts/language.ts';
import type { TextFacts } from '../../../shared/texts/texts.ts';

type UploadKey = keyof typeof vi;
export type SayUpload = (key: UploadKey, facts?: TextFacts) => string;

const catalogues: Readonly<Record<Language, Readonly<Record<UploadKey, string>>>> = { vi, en };

/** Sentences about files on their way; no first screen waits for them. */
export const useUploadText = (): SayUpload => {
  const language = useLanguage();
  return (key, facts = {}) => fillSentence(catalogues[language][key], facts);
};
