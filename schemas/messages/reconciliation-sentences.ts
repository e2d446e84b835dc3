import type { OutsideSound, SlotReconciliation } from '../reconciliation.ts';
import { causeToText } from './airtime-sentences.ts';
import en from './en/reconciliation.json' with { type: 'json' };
import { durationToText } from './fact-words.ts';
import { type Catalogue, fillSentence, type Language } from './fill-sentence.ts';
import vi from './vi/reconciliation.json' with { type: 'json' };

const catalogues: Readonly<Record<Language, Catalogue>> = { vi, en };

const say = (language: Language, key: string, facts: Readonly<Record<string, unknown>> = {}) =>
  fillSentence(catalogues[language][key] ?? key, facts);

/** What became of a planned slot, and why, for a person. Source: AIRTIME.md, 2 and 4. */
export const slotToSentence = (slot: SlotReconciliation, language: Language): string => {
  const { state, airedMs, durationMs, reason, cause, final } = slot;
  const why = reason === null ? '' : say(language, `slotReason.${reason}`);
  const facts = {
    aired: durationToText(airedMs, language),
    planned: durationToText(durationMs, language),
    reason:
      cause === null
        ? why
        : say(language, 'slot.becauseOf', { reason: why, cause: causeToText(cause, language) }),
  };
  const sentence = say(language, `slot.${state}`, facts);
  const mayGrow = state === 'partlyAired' && !final;
  return mayGrow ? `${sentence} ${say(language, 'slot.mayGrow')}` : sentence;
};

/** Why something sounded that belongs to no planned slot, for a person. */
export const outsideToSentence = ({ why }: Pick<OutsideSound, 'why'>, language: Language): string =>
  say(language, `outside.${why}`);
