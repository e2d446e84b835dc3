import * as z from 'zod';
import { idSchema, localDaySchema } from '../primitives.ts';

const FIRST_DAY = '2000-01-01';
const LAST_DAY = '2199-12-31';

/** A day that somebody may ask about: no plan and no log lies outside these two centuries. */
const askedDaySchema = localDaySchema.refine((day) => day >= FIRST_DAY && day <= LAST_DAY, {
  message: `${FIRST_DAY} … ${LAST_DAY}`,
});

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

const DEFAULT_PAGE = 50;
const MAX_PAGE = 200;

/** The last `limit` records before the number `before`; without it, the newest. */
export const logQuerySchema = z.object({
  before: z.coerce.number().int().min(1).optional(),
  limit: z.coerce.number().int().min(1).max(MAX_PAGE).default(DEFAULT_PAGE),
});
