import * as z from 'zod';
import { airtimeCapSchema, airtimeRuleSchema } from '../airtime.ts';
import { campaignSchema, directiveSchema } from '../entities/site.ts';
import { idSchema, localDaySchema } from '../primitives.ts';

export const createDirectiveRequestSchema = directiveSchema.omit({ id: true });
export type CreateDirectiveRequest = z.infer<typeof createDirectiveRequestSchema>;

export const createCampaignRequestSchema = campaignSchema.omit({ id: true });
export type CreateCampaignRequest = z.infer<typeof createCampaignRequestSchema>;

const rule = airtimeRuleSchema.shape;

/**
 * A rule, or with `id` a new version of one. `versionFrom` defaults to the rule's first day, for a
 * new version to tomorrow. Defaults as in AIRTIME.md, 3.
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
  to: rule.to,
  weekdays: rule.weekdays.default([]),
  dayparts: rule.dayparts.default([]),
  minSpacingMin: rule.minSpacingMin.default(0),
  maxGapS: rule.maxGapS.default(60),
  startToleranceS: rule.startToleranceS.default(120),
  counts: rule.counts.default('campaign'),
  unlessAired: rule.unlessAired.default(null),
});
export type SetRuleRequest = z.infer<typeof setRuleRequestSchema>;

const cap = airtimeCapSchema.shape;

/** A cap, or with `id` another text of one. */
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
});
export type SetCapRequest = z.infer<typeof setCapRequestSchema>;
