import en from '#schemas/messages/en/sound.json' with { type: 'json' };
import { fillSentence, type Language } from '#schemas/messages/fill-sentence.ts';
import vi from '#schemas/messages/vi/sound.json' with { type: 'json' };
import { figure } from '../../../shared/local-time.ts';
import { useLanguage } from '../../../shared/texts/language.ts';
import type { TextFacts } from '../../../shared/texts/texts.ts';

type SoundKey = keyof typeof vi;

const catalogues: Readonly<Record<Language, Readonly<Record<SoundKey, string>>>> = { vi, en };

/** Sentences about the sound of a bulletin, which load with it. */
export const useSoundText = (): ((key: SoundKey, facts?: TextFacts) => string) => {
  const language = useLanguage();
  return (key, facts = {}) => fillSentence(catalogues[language][key], facts);
};

/** Milliseconds as seconds with one decimal, as the language writes numbers. */
export const useSeconds = (): ((durationMs: number) => string) => {
  const language = useLanguage();
  return (durationMs) => figure(Math.round(durationMs / 100) / 10, language);
};
