import * as z from 'zod';
import { idSchema, sha256Schema, siteSlugSchema } from '../primitives.ts';

/**
 * What a speaker signs when it cannot read records of its own any more: `from` to `to`, both
 * included, are damaged on its disk. `hash` is the SHA-256 of the payload that record `to` had, which
 * the first record behind them names as its predecessor. What they said is unknown; the chain holds.
 */
export const logGapSchema = z
  .object({
    v: z.literal(1),
    site: siteSlugSchema,
    speaker: idSchema,
    from: z.int().min(1),
    to: z.int().min(1),
    hash: sha256Schema,
  })
  .refine(({ from, to }) => from <= to)
  .meta({ id: 'LogGap' });
export type LogGap = z.infer<typeof logGapSchema>;
