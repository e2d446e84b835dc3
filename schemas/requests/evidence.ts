import * as z from 'zod';
import { askedDaySchema, idSchema } from '../primitives.ts';

/**
 * Plans of one speaker, of one day or of every day that is planned; without a speaker, those of one
 * day (today by default) page by page, `after` being the last speaker of the page before.
 */
export const plansQuerySchema = z.object({
  speaker: idSchema.optional(),
  day: askedDaySchema.optional(),
  after: idSchema.optional(),
});

/** `day` defaults to today in the site's zone. */
export const verdictsQuerySchema = z.object({ day: askedDaySchema.optional() });

/** Totals of a rule over the week that holds `day` (today by default), or over all so far. */
export const totalsQuerySchema = z.object({
  rule: idSchema,
  span: z.enum(['week', 'all']).default('week'),
  day: askedDaySchema.optional(),
});

/** `day` defaults to today; without a speaker page by page, `after` being the last one before. */
export const reconciliationQuerySchema = z.object({
  day: askedDaySchema.optional(),
  speaker: idSchema.optional(),
  after: idSchema.optional(),
});

const DEFAULT_PAGE = 50;
const MAX_PAGE = 200;

/** The last `limit` records before the number `before`; without it, the newest. */
export const logQuerySchema = z.object({
  before: z.coerce.number().int().min(1).optional(),
  limit: z.coerce.number().int().min(1).max(MAX_PAGE).default(DEFAULT_PAGE),
});
