import type { ReconciliationFile } from '#schemas/files/answers.ts';
import { outsideToSentence, slotToSentence } from '#schemas/messages/reconciliation-sentences.ts';
import type { DayReconciliation } from '#schemas/reconciliation.ts';
import { inBoth } from './in-both.ts';

/** The days with sentences beside their data. */
export const reconciliationInWords = (
  days: readonly DayReconciliation[],
): ReconciliationFile['days'] =>
  days.map((day) => ({
    ...day,
    sessions: day.sessions.map((session) => ({
      ...session,
      slots: session.slots.map((slot) => ({
        ...slot,
        ...inBoth((of) => slotToSentence(slot, of)),
      })),
    })),
    outside: day.outside.map((one) => ({ ...one, ...inBoth((of) => outsideToSentence(one, of)) })),
  }));
