import * as z from 'zod';
import { pronunciationSchema } from '../entities/pronunciation.ts';
import { speechMannerSchema } from '../speech.ts';

/** A script that is to be shown as it would be read. */
export const previewSpeechRequestSchema = z.object({
  text: z.string().max(200_000),
  manner: speechMannerSchema.prefault({}),
});
export type PreviewSpeechRequest = z.infer<typeof previewSpeechRequestSchema>;

/** How the site says a word from now on; null: as it is written. */
export const setPronunciationRequestSchema = pronunciationSchema.pick({
  written: true,
  spoken: true,
});
export type SetPronunciationRequest = z.infer<typeof setPronunciationRequestSchema>;
