import * as z from 'zod';
import { verdictCodeSchema } from './airtime.ts';
import { idSchema, localDaySchema } from './primitives.ts';
import { shortfallSchema } from './verdict.ts';

/**
 * Sums over the verdicts of one rule. Of `all` that owe it, of one `unit`, or of one `speaker`
 * (`id` is null for `all`); over one `period`, one `week` (Monday to Sunday, a longer block of days
 * with the week in which it begins) or the whole `campaign` as far as it was judged, from the first
 * day to the last. `verdicts` counts them by what they say. `has` and `airtimeMs` (of the sessions
 * that are counted) sum all of them; `owed` and `shortfall` leave out what is not due, exempt or
 * excused. Every number is a sum of whole numbers of the level below: nothing is rounded twice.
 * Source: AIRTIME.md, 4 (totals).
 */
export const airtimeTotalsSchema = z
  .object({
    rule: idSchema,
    level: z.enum(['speaker', 'unit', 'all']),
    id: idSchema.nullable(),
    span: z.enum(['period', 'week', 'campaign']),
    from: localDaySchema,
    to: localDaySchema,
    verdicts: z.partialRecord(verdictCodeSchema, z.int().min(1)),
    owed: z.int().min(0),
    has: z.int().min(0),
    airtimeMs: z.int().min(0),
    shortfall: shortfallSchema,
  })
  .meta({ id: 'AirtimeTotals' });
export type AirtimeTotals = z.infer<typeof airtimeTotalsSchema>;
