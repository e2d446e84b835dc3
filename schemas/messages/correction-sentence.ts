import type { HistoryCorrection } from '../airtime.ts';
import type { LocalDay } from '../primitives.ts';
import en from './en/corrections.json' with { type: 'json' };
import { fillSentence, type Language } from './fill-sentence.ts';
import vi from './vi/corrections.json' with { type: 'json' };

const catalogues = { vi, en };

/**
 * A correction of the unit history for a person, by what its speaker and its unit are called and the
 * local day on which it was found. Source: AIRTIME.md, 4.
 */
export const correctionToSentence = (
  { belonged, from, to, reason }: HistoryCorrection,
  language: Language,
  named: { readonly speaker: string; readonly unit: string; readonly found: LocalDay },
): string => {
  const sentence = catalogues[language][belonged ? 'sentence.belonged' : 'sentence.apart'];
  return fillSentence(sentence, { from, to, reason, ...named });
};
