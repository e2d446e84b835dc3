import type { IngestedClip } from '#content/ingest-clip.ts';
import { type Making, type MakingChoices, usualChoices } from '#schemas/making.ts';

/** How it was made, as it is remembered. `original` is null for a text that was read out. */
export const ingestedToMaking = (
  { sha256: clip, sourceMs, kept, peaks }: IngestedClip,
  original: Making['original'],
  choices: MakingChoices,
): Making => ({
  clip,
  original,
  sourceMs,
  cutStartMs: kept.fromMs,
  cutEndMs: sourceMs - kept.toMs,
  choices,
  peaks: [...peaks],
});

/** What a text is read out into has the pauses that were asked for: nothing of it is cut. */
export const spokenChoices: MakingChoices = { ...usualChoices, trim: { how: 'none' } };
