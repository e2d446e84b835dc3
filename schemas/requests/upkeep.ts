import * as z from 'zod';
import { idSchema, volumeSchema } from '../primitives.ts';
import { MAX_SPEAKERS_PER_ORDER } from './play.ts';

/** The speakers that are to start anew, or to deliver their logs. */
export const upkeepRequestSchema = z.object({
  speakers: z.array(idSchema).min(1).max(MAX_SPEAKERS_PER_ORDER),
});
export type UpkeepRequest = z.infer<typeof upkeepRequestSchema>;

/** How loud a speaker is, in percent. */
export const setVolumeRequestSchema = z.object({ volume: volumeSchema });
export type SetVolumeRequest = z.infer<typeof setVolumeRequestSchema>;
