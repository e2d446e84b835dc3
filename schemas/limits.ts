import * as z from 'zod';
import { makeGoodPolicySchema } from './make-good.ts';
import {
  daypartSchema,
  idSchema,
  instantMsSchema,
  sha256Schema,
  shortText,
  siteSlugSchema,
  volumeSchema,
  zoneSchema,
} from './primitives.ts';

export const MAX_QUIET_HOURS = 8;
/** The province, the commune and the village that a speaker stands in, with room. */
const MAX_UNITS_ABOVE = 8;
/** How many alerts a speaker keeps at hand. */
export const MAX_ALERTS = 20;

/**
 * What a speaker refuses by itself, whatever a playlist says: sound in quiet hours, more volume
 * than `maxVolume`, more than `maxContinuousMin` minutes without a pause. `makeGood` says how it
 * repays what was missed; without it nothing is repaid. `units` are the speaker's own and those above
 * it, by which it knows an emergency that is meant for it; `alerts` are lists that it keeps at hand with
 * their clips, so that an emergency waits for no download; `names` are for whoever stands in front of it. Taken like a pointer: right speaker, valid
 * signature, greater revision. Source: DESIGN.md, the way of a broadcast, 5.
 */
export const limitsSchema = z
  .object({
    v: z.literal(1),
    site: siteSlugSchema,
    speaker: idSchema,
    revision: z.int().min(1),
    issuedMs: instantMsSchema,
    zone: zoneSchema,
    quietHours: z.array(daypartSchema).max(MAX_QUIET_HOURS),
    maxVolume: volumeSchema,
    volume: volumeSchema,
    maxContinuousMin: z.int().min(1).max(1440),
    makeGood: makeGoodPolicySchema.optional(),
    units: z.array(idSchema).max(MAX_UNITS_ABOVE).optional(),
    alerts: z.array(sha256Schema).max(MAX_ALERTS).optional(),
    names: z.object({ speaker: shortText(120), unit: shortText(120) }).optional(),
  })
  .meta({ id: 'SpeakerLimits' });
export type SpeakerLimits = z.infer<typeof limitsSchema>;
