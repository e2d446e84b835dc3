import * as z from 'zod';
import { idSchema, volumeSchema } from '../primitives.ts';

const MAX_UNITS = 500;
const MAX_SPEAKERS = 500;
const MAX_BULLETINS = 10;
/** An emergency is over after a day; what lasts longer is sent anew. */
const MAX_EXPIRES_MIN = 1440;

/**
 * Released bulletins that sound at once, `repeats` times, on every speaker of the units and of those
 * below them and on the speakers named. `volume` null is as loud as the site allows.
 */
export const sendEmergencyRequestSchema = z
  .object({
    units: z.array(idSchema).max(MAX_UNITS).default([]),
    speakers: z.array(idSchema).max(MAX_SPEAKERS).default([]),
    bulletins: z.array(idSchema).min(1).max(MAX_BULLETINS),
    repeats: z.int().min(1).max(100).default(3),
    expiresInMin: z.int().min(1).max(MAX_EXPIRES_MIN).default(60),
    volume: volumeSchema.nullable().default(null),
    drill: z.boolean(),
  })
  .refine(({ units, speakers }) => units.length + speakers.length > 0, { path: ['units'] });
export type SendEmergencyRequest = z.infer<typeof sendEmergencyRequestSchema>;
