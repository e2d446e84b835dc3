import en from '#schemas/messages/en/bulletins.json' with { type: 'json' };
import enLanguages from '#schemas/messages/en/languages.json' with { type: 'json' };
import { fillSentence, type Language } from '#schemas/messages/fill-sentence.ts';
import vi from '#schemas/messages/vi/bulletins.json' with { type: 'json' };
import viLanguages from '#schemas/messages/vi/languages.json' with { type: 'json' };
import { useLanguage } from '../../shared/texts/language.ts';
import type { TextFacts } from '../../shared/texts/texts.ts';

export type BulletinTextKey = keyof typeof vi;
/** Gives a sentence about bulletins in the language of whoever looks on. */
export type SayBulletin = (key: BulletinTextKey, facts?: TextFacts) => string;

const catalogues: Readonly<Record<Language, Readonly<Record<BulletinTextKey, string>>>> = {
  vi,
  en,
};
const names: Readonly<Record<Language, Readonly<Record<string, string>>>> = {
  vi: viLanguages,
  en: enLanguages,
};

/** Sentences that only parts need which load by themselves: no first screen waits for them. */
export const useBulletinText = (): SayBulletin => {
  const language = useLanguage();
  return (key, facts = {}) => fillSentence(catalogues[language][key], facts);
};

/** What a language is called; its code where it has no name here. */
export const useLanguageName = (): ((code: string) => string) => {
  const language = useLanguage();
  return (code) => names[language][code] ?? code;
};
