import * as z from 'zod';
import { daypartSchema, volumeSchema } from './primitives.ts';

/** The latest that a session may begin again from its first item, in minutes after its planned start. */
export const MAX_RESTART_MIN = 720;
/** How many dayparts have a manner of their own. */
export const MAX_MANNERS = 16;

/**
 * What a speaker does with a session that it comes to late, after a power cut or without a trusted
 * clock: `join` it where it would be by now; `restart` it from its first item, up to `withinMin` after
 * its planned start, and join it later than that; or `skip` it, so that it is repaid whole instead of
 * heard in part. What a failed player or an emergency cut off goes on where it would be in any case.
 * Source: issue 5, 1.
 */
export const lateSchema = z
  .discriminatedUnion('do', [
    z.object({ do: z.literal('join') }),
    z.object({ do: z.literal('restart'), withinMin: z.int().min(1).max(MAX_RESTART_MIN) }),
    z.object({ do: z.literal('skip') }),
  ])
  .meta({ id: 'Late' });
export type Late = z.infer<typeof lateSchema>;

/**
 * How sessions are played that begin in a daypart: `volume` in percent, null for the site's; `late`
 * as above, null for the site's.
 */
export const mannerSchema = daypartSchema.extend({
  volume: volumeSchema.min(1).nullable(),
  late: lateSchema.nullable(),
});
export type Manner = z.infer<typeof mannerSchema>;
