import * as z from 'zod';
import { idSchema, instantMsSchema, sha256Schema, siteSlugSchema } from './primitives.ts';

/**
 * An approver let exactly these bytes go on air, signed with the site's key. Any other bytes need a
 * release of their own. Source: DESIGN.md, the way of a broadcast, 2.
 */
export const releaseSchema = z
  .object({
    v: z.literal(1),
    site: siteSlugSchema,
    id: idSchema,
    bulletin: idSchema,
    clip: sha256Schema,
    campaigns: z.array(idSchema).max(32),
    releasedBy: z.string().min(1).max(80),
    releasedMs: instantMsSchema,
  })
  .meta({ id: 'Release' });
export type Release = z.infer<typeof releaseSchema>;
