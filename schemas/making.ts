import * as z from 'zod';
import { sha256Schema } from './primitives.ts';

/** The most bars that the picture of a recording has. */
export const MAX_PEAKS = 600;
/** The tallest bar of a picture. */
export const PEAK_TOP = 255;
/** No recording that is taken is longer: one hour. */
const MAX_RECORDING_MS = 3_600_000;

const placeMsSchema = z.int().min(0).max(MAX_RECORDING_MS);

/**
 * What of a recording sounds. `auto`: all but the silence at its ends; `none`: all of it; `hand`:
 * `[fromMs, toMs)` of the recording.
 */
export const trimSchema = z.discriminatedUnion('how', [
  z.object({ how: z.literal('auto') }),
  z.object({ how: z.literal('none') }),
  z.object({ how: z.literal('hand'), fromMs: placeMsSchema, toMs: placeMsSchema }),
]);
export type Trim = z.infer<typeof trimSchema>;

/**
 * What an operator chooses for one recording: its ends, whether loud passages are held down softly
 * (for a voice that comes near the microphone and goes from it), whether steady noise is taken out.
 */
export const makingChoicesSchema = z.object({
  trim: trimSchema,
  softLimit: z.boolean(),
  reduceNoise: z.boolean(),
});
export type MakingChoices = z.infer<typeof makingChoicesSchema>;

/** What holds for a recording when nobody chooses. */
export const usualChoices: MakingChoices = {
  trim: { how: 'auto' },
  softLimit: false,
  reduceNoise: false,
};

/**
 * How a clip was made. `original` are the bytes that were brought, null for a text that was read
 * out. Of `sourceMs` milliseconds, `cutStartMs` and `cutEndMs` were left out at the ends. `peaks`
 * pictures the whole source in bars of equal length, 0 to `PEAK_TOP`, the tallest one at the top.
 */
export const makingSchema = z.object({
  clip: sha256Schema,
  original: z.object({ sha256: sha256Schema, bytes: z.int().min(1) }).nullable(),
  sourceMs: z.int().min(1),
  cutStartMs: z.int().min(0),
  cutEndMs: z.int().min(0),
  choices: makingChoicesSchema,
  peaks: z.array(z.int().min(0).max(PEAK_TOP)).max(MAX_PEAKS),
});
export type Making = z.infer<typeof makingSchema>;

/** How the clip of one bulletin, which is one version, was made. */
export type StoredMaking = Making & { readonly bulletin: string };
