import type { Trim } from '#schemas/making.ts';
import type { ProblemOf } from '#schemas/problem.ts';
import { ok, type Result, refuse } from '#schemas/result.ts';
import { MIN_CLIP_MS } from './bounds.ts';
import { type Envelope, FRAME_MS } from './envelope.ts';

/** `[fromMs, toMs)` of a recording. */
export type Kept = { readonly fromMs: number; readonly toMs: number };

/** So far below the loudness of the whole, an end is silence: no syllable of a speaker is. */
const BELOW_LOUDNESS_DB = 32;
/** Nothing louder is taken for silence, however loud the rest is; and what is softer always is. */
const LOUDEST_SILENCE_DB = -38;
const SURE_SILENCE_DB = -65;
/** A breath before the first word, and its echo after the last one. */
const LEAD_MS = 250;
const TAIL_MS = 400;
/** Less is not worth a cut. */
const MIN_CUT_MS = 500;

const thresholdPower = (loudnessLufs: number): number => {
  const db = Math.min(LOUDEST_SILENCE_DB, loudnessLufs - BELOW_LOUDNESS_DB);
  return 10 ** (Math.max(SURE_SILENCE_DB, db) / 10);
};

/**
 * What is left of a recording without the silence at its ends; a breath stays on either side. Ends
 * that are not silent enough, and short ones, are left alone.
 */
export const withoutSilentEnds = (
  { powers }: Envelope,
  durationMs: number,
  loudnessLufs: number,
): Kept => {
  const least = thresholdPower(loudnessLufs);
  const first = powers.findIndex((power) => power > least);
  const last = powers.findLastIndex((power) => power > least);
  const fromMs = first * FRAME_MS - LEAD_MS;
  const toMs = (last + 1) * FRAME_MS + TAIL_MS;
  const kept = {
    fromMs: fromMs >= MIN_CUT_MS ? fromMs : 0,
    toMs: durationMs - toMs >= MIN_CUT_MS ? toMs : durationMs,
  };
  return kept.toMs - kept.fromMs < MIN_CLIP_MS ? { fromMs: 0, toMs: durationMs } : kept;
};

/**
 * What of a recording sounds by the operator's choice; `silence` is what the automatic trim keeps.
 * Errors: audioTooShort.
 */
export const trimToKept = (
  trim: Trim,
  durationMs: number,
  silence: Kept,
): Result<Kept, ProblemOf<'audioTooShort'>> => {
  if (trim.how === 'auto') return ok(silence);
  if (trim.how === 'none') return ok({ fromMs: 0, toMs: durationMs });
  const kept = { fromMs: trim.fromMs, toMs: Math.min(trim.toMs, durationMs) };
  const keptMs = kept.toMs - kept.fromMs;
  if (keptMs >= MIN_CLIP_MS) return ok(kept);
  const told = Math.max(0, keptMs);
  return refuse({ code: 'audioTooShort', durationMs: told, minMs: MIN_CLIP_MS });
};
