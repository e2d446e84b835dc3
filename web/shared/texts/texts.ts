import { useTranslation } from 'react-i18next';
import { fillSentence } from '#schemas/messages/fill-sentence.ts';
import type { Texts } from './language.ts';

/** Every sentence of the console by its key. */
export type TextKey = keyof Texts;
export type TextFacts = Readonly<Record<string, string | number>>;

/** Gives the sentence of a key in the language of whoever looks on, with its facts filled in. */
export type Say = (key: TextKey, facts?: TextFacts) => string;

/** The sentences of the language that is chosen now; a change of language shows at once. */
export const useText = (): Say => {
  const { t } = useTranslation();
  // One way for all sentences fills facts in, here as elsewhere.
  return (key, facts = {}) => fillSentence(t(key, { skipInterpolation: true }), facts);
};
