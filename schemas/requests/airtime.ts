import * as z from 'zod';
import { airtimeCapSchema, airtimeRuleSchema } from '../airtime.ts';
import { programmeSchema } from '../entities/programme.ts';
import { campaignSchema, directiveSchema } from '../entities/site.ts';
import { idSchema, localDaySchema } from '../primitives.ts';
import { siteSettingsSchema } from '../site-settings.ts';
import { setSiteLimitsRequestSchema } from './site.ts';

const MAX_CONFIRMED = 50;
/** The codes of what was odd about an entry and was read and confirmed by the person who enters it. */
const confirmed = z.array(z.string().max(80)).max(MAX_CONFIRMED).default([]);

export const createDirectiveRequestSchema = directiveSchema.omit({ id: true });
export type CreateDirectiveRequest = z.infer<typeof createDirectiveRequestSchema>;

export const createCampaignRequestSchema = campaignSchema.omit({ id: true }).extend({ confirmed });
export type CreateCampaignRequest = z.infer<typeof createCampaignRequestSchema>;

const rule = airtimeRuleSchema.shape;

/**
 * A rule, or with `id` a new version of one. `versionFrom` defaults to the rule's first day, for a
 * new version to tomorrow. `to` is left out only by mistake, and refused with a sentence. Defaults as
 * in AIRTIME.md, 3.
 */
export const setRuleRequestSchema = z.object({
  id: idSchema.optional(),
  versionFrom: localDaySchema.optional(),
  directive: rule.directive.default(null),
  campaign: rule.campaign,
  unit: rule.unit,
  scope: rule.scope,
  level: rule.level.default(null),
  coverage: rule.coverage.default({ numerator: 1, denominator: 1 }),
  per: rule.per.default('day'),
  everyDays: rule.everyDays.default(null),
  minOccurrences: rule.minOccurrences,
  minMinutes: rule.minMinutes.default(null),
  from: rule.from,
  to: rule.to.nullable().default(null),
  weekdays: rule.weekdays.default([]),
  dayparts: rule.dayparts.default([]),
  minSpacingMin: rule.minSpacingMin.default(0),
  maxGapS: rule.maxGapS.default(60),
  startToleranceS: rule.startToleranceS.default(120),
  counts: rule.counts.default('campaign'),
  unlessAired: rule.unlessAired.default(null),
  confirmed,
});
export type SetRuleRequest = z.infer<typeof setRuleRequestSchema>;

const cap = airtimeCapSchema.shape;

/** A cap, or with `id` a new version of one, in force from `from`, tomorrow at the earliest. */
export const setCapRequestSchema = z.object({
  id: idSchema.optional(),
  unit: cap.unit,
  from: cap.from,
  to: cap.to.default(null),
  maxSessionsPerDay: cap.maxSessionsPerDay.default(null),
  maxDaysPerWeek: cap.maxDaysPerWeek.default(null),
  maxSessionMinutes: cap.maxSessionMinutes.default(null),
  maxDayMinutes: cap.maxDayMinutes.default(null),
  forbiddenWeekdays: cap.forbiddenWeekdays.default([]),
  quietHours: cap.quietHours.default([]),
  confirmed,
});
export type SetCapRequest = z.infer<typeof setCapRequestSchema>;

const programme = programmeSchema.shape;
const MIDNIGHT = '00:00';

/** A fixed programme of another source, or with `id` what it is to be from now on. */
export const setProgrammeRequestSchema = z
  .object({
    id: idSchema.optional(),
    unit: programme.unit,
    name: programme.name,
    from: programme.from,
    to: programme.to.default(null),
    weekdays: programme.weekdays.default([]),
    startsAt: programme.startsAt,
    endsAt: programme.endsAt,
    suspended: programme.suspended.default(false),
    /** What stood when somebody began to change it; where it stands otherwise now, nothing is changed. */
    seen: programmeSchema.exactOptional(),
    confirmed,
  })
  .refine(({ startsAt, endsAt }) => startsAt !== endsAt || endsAt === MIDNIGHT, {
    path: ['endsAt'],
    message: 'endsAtStart',
  });
export type SetProgrammeRequest = z.infer<typeof setProgrammeRequestSchema>;

/**
 * What plans and speakers of the site are to keep to from now on. `seen`: the settings as they stood when
 * somebody began to change them; where others hold by now, nothing is changed. `limits`: what speakers keep
 * to by themselves, changed with them or not at all.
 */
export const setSiteSettingsRequestSchema = siteSettingsSchema.extend({
  seen: siteSettingsSchema.exactOptional(),
  limits: setSiteLimitsRequestSchema.exactOptional(),
  confirmed,
});
export type SetSiteSettingsRequest = z.infer<typeof setSiteSettingsRequestSchema>;
