import type { Excuse, HistoryCorrection, WeekLock } from '#schemas/airtime.ts';

/** A release as it was signed: the envelope's JSON text is kept as it is. */
export interface StoredRelease {
  readonly id: string;
  readonly bulletin: string;
  readonly clip: string;
  readonly envelope: string;
  readonly releasedMs: number;
}

/** An excuse with who accepted it, as it was signed: the envelope's JSON text is kept as it is. */
export type StoredExcuse = Excuse & { readonly acceptedBy: string; readonly envelope: string };

/** A locked week with who locked it, as it was signed. */
export type StoredLock = WeekLock & { readonly lockedBy: string; readonly envelope: string };

/** A correction of the unit history with who found it, as it was signed. */
export type StoredCorrection = HistoryCorrection & {
  readonly foundBy: string;
  readonly envelope: string;
};
