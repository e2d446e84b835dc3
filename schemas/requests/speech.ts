import * as z from 'zod';
import { pronunciationSchema } from '../entities/pronunciation.ts';
import { idSchema } from '../primitives.ts';
import { speechMannerSchema } from '../speech.ts';

const MAX_UNITS = 200;

/** A script that is to be shown as it would be read. */
export const previewSpeechRequestSchema = z.object({
  text: z.string().max(200_000),
  manner: speechMannerSchema.prefault({}),
  /** The units that it is for; none named: all of them. */
  units: z.array(idSchema).max(MAX_UNITS).default([]),
});
export type PreviewSpeechRequest = z.infer<typeof previewSpeechRequestSchema>;

/** How the site says a word from now on; null: as it is written. */
export const setPronunciationRequestSchema = pronunciationSchema.pick({
  written: true,
  spoken: true,
});
export type SetPronunciationRequest = z.infer<typeof setPronunciationRequestSchema>;
