import type { RefusalReason } from '#schemas/records/reasons.ts';

/** What every signed document for one speaker says about itself. */
export interface Revisioned {
  readonly site: string;
  readonly speaker: string;
  readonly revision: number;
}

/**
 * Whether a signed document takes the place of the one that is held: only for this speaker, and only
 * with a greater revision. `same` is the one that is held, come again.
 * Source: DESIGN.md, the way of a broadcast, 4.
 */
export const judgeRevision = (
  next: Revisioned,
  who: { readonly site: string; readonly speaker: string },
  held: { readonly revision: number; readonly isSameBytes: boolean } | null,
): 'accept' | 'same' | Extract<RefusalReason, 'wrongSpeaker' | 'oldRevision'> => {
  if (next.site !== who.site || next.speaker !== who.speaker) return 'wrongSpeaker';
  if (held === null || next.revision > held.revision) return 'accept';
  return held.isSameBytes ? 'same' : 'oldRevision';
};
