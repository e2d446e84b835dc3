import en from '#schemas/messages/en/recording.json' with { type: 'json' };
import { fillSentence, type Language } from '#schemas/messages/fill-sentence.ts';
import vi from '#schemas/messages/vi/recording.json' with { type: 'json' };
import { useLanguage } from '../../../shared/texts/language.ts';
import type { TextFacts } from '../../../shared/texts/texts.ts';

type RecordingKey = keyof typeof vi;

const catalogues: Readonly<Record<Language, Readonly<Record<RecordingKey, string>>>> = { vi, en };

/** Sentences about recording, which load with it. */
export const useRecordingText = (): ((key: RecordingKey, facts?: TextFacts) => string) => {
  const language = useLanguage();
  return (key, facts = {}) => fillSentence(catalogues[language][key], facts);
};
