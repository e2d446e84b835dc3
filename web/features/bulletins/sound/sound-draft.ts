import { type Making, type MakingChoices, usualChoices } from '#schemas/making.ts';

/** The choices as they stand in the form; seconds as they are typed. */
export interface SoundDraft {
  readonly how: MakingChoices['trim']['how'];
  readonly fromS: string;
  readonly toS: string;
  readonly softLimit: boolean;
  readonly reduceNoise: boolean;
}

const toSeconds = (durationMs: number): string => `${Math.round(durationMs / 100) / 10}`;
const toMs = (seconds: string): number => Math.round(Number(seconds) * 1000);

/** How the sound was made, as the form shows it. */
export const makingToDraft = ({ choices, sourceMs, cutStartMs, cutEndMs }: Making): SoundDraft => ({
  how: choices.trim.how,
  fromS: toSeconds(cutStartMs),
  toS: toSeconds(sourceMs - cutEndMs),
  softLimit: choices.softLimit,
  reduceNoise: choices.reduceNoise,
});

/** What a form begins with before anything is known of the recording. */
export const usualSound: SoundDraft = {
  how: usualChoices.trim.how,
  fromS: '0',
  toS: '',
  softLimit: usualChoices.softLimit,
  reduceNoise: usualChoices.reduceNoise,
};

/**
 * The choices beside the bytes of a recording; nothing where they are the usual ones. Ends set by hand
 * are those of a single recording.
 */
export const soundToQuery = (
  draft: SoundDraft,
  isForMany: boolean,
): { readonly choices?: string } => {
  const how = isForMany && draft.how === 'hand' ? usualSound.how : draft.how;
  const choices = JSON.stringify(draftToChoices({ ...draft, how }));
  return choices === JSON.stringify(usualChoices) ? {} : { choices };
};

/** What the server is asked for. */
export const draftToChoices = (draft: SoundDraft): MakingChoices => {
  const { how, fromS, toS, softLimit, reduceNoise } = draft;
  const trim = how === 'hand' ? { how, fromMs: toMs(fromS), toMs: toMs(toS) } : { how };
  return { trim, softLimit, reduceNoise };
};

/** Which part of the recording would be aired; as it is now until the server has said it anew. */
export const draftToAired = (
  { how, fromS, toS }: SoundDraft,
  shown: Making,
): { from: number; to: number } => {
  const { sourceMs, cutStartMs, cutEndMs } = shown;
  if (how === 'none') return { from: 0, to: 1 };
  if (how === 'auto') return { from: cutStartMs / sourceMs, to: 1 - cutEndMs / sourceMs };
  const within = (part: number) => Math.min(1, Math.max(0, part));
  return { from: within(toMs(fromS) / sourceMs), to: within(toMs(toS) / sourceMs) };
};
