import * as z from 'zod';
import { idSchema, sha256Schema, siteSlugSchema } from '../primitives.ts';

/**
 * What a speaker signs before it removes old records from its own disk: everything up to and
 * including `seq` was acknowledged and goes; `hash` is the SHA-256 of the payload of record `seq`,
 * which the first record that stays names as its predecessor. A log that begins later without it
 * has lost its beginning.
 */
export const logStartSchema = z
  .object({
    v: z.literal(1),
    site: siteSlugSchema,
    speaker: idSchema,
    seq: z.int().min(1),
    hash: sha256Schema,
  })
  .meta({ id: 'LogStart' });
export type LogStart = z.infer<typeof logStartSchema>;
