import * as z from 'zod';
import { idSchema, volumeSchema } from '../primitives.ts';

/** The most speakers one order is given to. */
export const MAX_SPEAKERS_PER_ORDER = 200;
const MAX_BULLETINS_PER_ORDER = 50;

const speakers = z.array(idSchema).min(1).max(MAX_SPEAKERS_PER_ORDER);

/** Released bulletins, in the order in which they are to sound. A drill earns no airtime; without `volume` each speaker's own. */
export const playNowRequestSchema = z.object({
  speakers,
  bulletins: z.array(idSchema).min(1).max(MAX_BULLETINS_PER_ORDER),
  drill: z.boolean().default(false),
  volume: volumeSchema.min(1).optional(),
});
export type PlayNowRequest = z.infer<typeof playNowRequestSchema>;

export const stopPlayingRequestSchema = z.object({ speakers });
export type StopPlayingRequest = z.infer<typeof stopPlayingRequestSchema>;
