import * as z from 'zod';
import { MAX_QUIET_HOURS } from './limits.ts';
import { daypartSchema, volumeSchema } from './primitives.ts';
import { lateSchema, MAX_MANNERS, mannerSchema } from './session-manner.ts';

/** The most that a speaker begins later than the first one of its unit, in seconds. */
export const MAX_STAGGER_S = 60;

/** How loud clips are made unless the site wants otherwise, in LUFS. Source: issue 6, 3. */
export const USUAL_LOUDNESS_LUFS = -16;

/**
 * What the site's plans and speakers keep to where no rule and no cap says more. None of it is law:
 * directives give no clock times, no quiet hours and no volume. `marginS`: how much longer than its
 * minimum a session is filled. `latestStartMin`: how late it may still begin. `volume` of planned
 * sessions, in percent; null: each speaker's own. `staggerS`: how much later than its neighbour each
 * speaker of a unit begins, against echo. `quietHours` hold for every speaker, beside those of caps.
 * `dayparts` serve rules that name none; empty: the whole day. `late`: what becomes of a session that
 * a speaker comes to late. `manners`: other volumes and other policies for sessions that begin in a
 * daypart; of several the first holds. `loudnessLufs`: what clips that are made from now on are brought
 * to; those that stand keep theirs. Source: AIRTIME.md, 1 and 5.
 */
export const siteSettingsSchema = z.object({
  marginS: z.int().min(0).max(3600),
  latestStartMin: z.int().min(0).max(720),
  volume: volumeSchema.min(1).nullable(),
  staggerS: z.int().min(0).max(MAX_STAGGER_S),
  quietHours: z.array(daypartSchema).max(MAX_QUIET_HOURS),
  dayparts: z.array(daypartSchema).max(16),
  late: lateSchema.default({ do: 'join' }),
  manners: z.array(mannerSchema).max(MAX_MANNERS).default([]),
  loudnessLufs: z.int().min(-24).max(-14).default(USUAL_LOUDNESS_LUFS),
});
export type SiteSettings = z.infer<typeof siteSettingsSchema>;

/** What holds where nobody has set anything. */
export const defaultSiteSettings: SiteSettings = {
  marginS: 30,
  latestStartMin: 60,
  volume: null,
  staggerS: 0,
  quietHours: [],
  dayparts: [],
  late: { do: 'join' },
  manners: [],
  loudnessLufs: USUAL_LOUDNESS_LUFS,
};
