import * as z from 'zod';
import { instantMsSchema, positionMsSchema } from '../primitives.ts';

/** Where a speaker's wall time comes from; with `none` the clock is not trusted. */
export const clockSourceSchema = z.enum(['none', 'server', 'ntp', 'manual']);
export type ClockSource = z.infer<typeof clockSourceSchema>;

/**
 * The wall clock as the speaker knew it when it wrote the record: wall time = position + `offsetMs`,
 * true to ± `uncertaintyMs`. Both are null while the source is `none`. For display and suspicion;
 * a record is dated by its boot's `clock` records. Source: AIRTIME.md, 2.
 */
export const clockStateSchema = z.object({
  source: clockSourceSchema,
  offsetMs: z.int().nullable(),
  uncertaintyMs: z.int().min(0).nullable(),
});
export type ClockState = z.infer<typeof clockStateSchema>;

/** The wall instant that belongs to a position of this boot, trusted from here on. */
export const anchorSchema = z.object({
  posMs: positionMsSchema,
  wallMs: instantMsSchema,
  uncertaintyMs: z.int().min(0),
  source: z.enum(['server', 'ntp', 'manual']),
});
export type Anchor = z.infer<typeof anchorSchema>;
