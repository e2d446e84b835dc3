import { DEFAULT_TARGET, type IngestedClip } from '#content/ingest-clip.ts';
import type { LoudnessTarget } from '#content/ports.ts';
import { type Making, type MakingChoices, usualChoices } from '#schemas/making.ts';
import type { Store } from '../ports/store.ts';
import { readSiteSettings } from './site-settings.ts';

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

/** What the site wants clips to be brought to from now on. */
export const loudnessTarget = async (store: Pick<Store, 'note'>): Promise<LoudnessTarget> => ({
  ...DEFAULT_TARGET,
  integratedLufs: (await readSiteSettings(store)).loudnessLufs,
});
