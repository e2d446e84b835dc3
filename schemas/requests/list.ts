import * as z from 'zod';
import { MAX_LISTED } from '../list-page.ts';
import { idSchema } from '../primitives.ts';

/**
 * The next `limit` by their ids, behind `after`; without it from the first on. Fewer than `limit` are
 * the last ones.
 */
export const listQuerySchema = z.object({
  after: idSchema.optional(),
  limit: z.coerce.number().int().min(1).max(MAX_LISTED).default(MAX_LISTED),
});
export type ListQuery = z.infer<typeof listQuerySchema>;
