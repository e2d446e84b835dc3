import * as z from 'zod';
import { instantMsSchema, localDaySchema, sha256Schema } from './primitives.ts';
import { clockSourceSchema } from './records/clock-state.ts';

/** For how many days, today among them, a speaker must have everything. Source: issue 5, 4. */
export const PREFLIGHT_DAYS = 14;
/** How many missing clips one report names; the others are counted. */
export const MAX_NAMED_CLIPS = 40;

const someDaysSchema = z.array(localDaySchema).max(PREFLIGHT_DAYS);

/**
 * What a speaker lacks for the fourteen days from `day` on, made each evening by 20:00 of the site's
 * zone, and soon after it changed. `unplannedDays` are named by no pointer, `missingPlaylists` are
 * days whose playlist is named and not here; of each missing clip the first day that needs it.
 */
export const preflightSchema = z
  .object({
    madeMs: instantMsSchema,
    day: localDaySchema,
    unplannedDays: someDaysSchema,
    missingPlaylists: someDaysSchema,
    missingClips: z
      .array(z.object({ sha256: sha256Schema, bytes: z.int().min(1), day: localDaySchema }))
      .max(MAX_NAMED_CLIPS),
    missingClipCount: z.int().min(0),
    missingClipBytes: z.int().min(0),
    disk: z.object({ freeBytes: z.int().min(0), totalBytes: z.int().min(0) }),
    clock: z.object({ source: clockSourceSchema, uncertaintyMs: z.int().min(0).nullable() }),
  })
  .meta({ id: 'Preflight' });
export type Preflight = z.infer<typeof preflightSchema>;

/** What can be wrong with the coming fourteen days of a speaker, the gravest first. */
export const preflightFaults = [
  'noReport',
  'clockManual',
  'unplannedDays',
  'missingPlaylists',
  'missingClips',
  'diskShort',
] as const;
export type PreflightFault = (typeof preflightFaults)[number];
