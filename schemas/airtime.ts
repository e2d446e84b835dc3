import * as z from 'zod';
import { daypartSchema, idSchema, instantMsSchema, localDaySchema } from './primitives.ts';

/** The largest part of a fraction: times all speakers of a province it is still an exact number. */
const MAX_FRACTION_PART = 1_000_000;
const partSchema = z.int().min(1).max(MAX_FRACTION_PART);

/** ISO weekdays, 1 Monday to 7 Sunday. */
export const weekdaySchema = z.int().min(1).max(7);

/**
 * What a directive demands. `minMinutes` null accepts any airtime above zero; empty `dayparts` means
 * any time of day; empty `weekdays` every day. `from` and `to` are local days, both included. `unit`
 * owes it: its own speakers, all at or below it, or each unit of `level` below it. Versions of one
 * rule share `id`; a version is in force from its `versionFrom` on.
 * Source: AIRTIME.md, 1 and 3.
 */
export const airtimeRuleSchema = z
  .object({
    id: idSchema,
    version: z.int().min(1),
    versionFrom: localDaySchema,
    directive: idSchema.nullable(),
    campaign: idSchema,
    unit: idSchema,
    scope: z.enum(['own', 'subtree', 'each']),
    level: z.enum(['province', 'commune', 'village']).nullable(),
    coverage: z.object({ numerator: partSchema, denominator: partSchema }),
    per: z.enum(['day', 'week', 'everyDays']),
    everyDays: z.int().min(1).max(366).nullable(),
    minOccurrences: z.int().min(1).max(96),
    minMinutes: z.number().positive().max(1440).nullable(),
    from: localDaySchema,
    to: localDaySchema,
    weekdays: z.array(weekdaySchema).max(7),
    dayparts: z.array(daypartSchema).max(16),
    minSpacingMin: z.int().min(0).max(1440),
    maxGapS: z.int().min(0).max(3600),
    startToleranceS: z.int().min(0).max(3600),
    counts: z.enum(['campaign', 'session']),
    unlessAired: idSchema.nullable(),
  })
  .meta({ id: 'AirtimeRule' });
export type AirtimeRule = z.infer<typeof airtimeRuleSchema>;

/** What local law forbids; null in a field forbids nothing there. Source: AIRTIME.md, 1 and 4. */
export const airtimeCapSchema = z
  .object({
    id: idSchema,
    unit: idSchema,
    from: localDaySchema,
    to: localDaySchema.nullable(),
    maxSessionsPerDay: z.int().min(0).max(96).nullable(),
    maxDaysPerWeek: z.int().min(0).max(7).nullable(),
    maxSessionMinutes: z.number().positive().max(1440).nullable(),
    maxDayMinutes: z.number().positive().max(1440).nullable(),
    forbiddenWeekdays: z.array(weekdaySchema).max(7),
    quietHours: z.array(daypartSchema).max(8),
  })
  .meta({ id: 'AirtimeCap' });
export type AirtimeCap = z.infer<typeof airtimeCapSchema>;

/** What a period's log says of a rule. Source: AIRTIME.md, 4. */
export const verdictCodeSchema = z.enum([
  'notDue',
  'met',
  'exempt',
  'excused',
  'pending',
  'unknown',
  'unproven',
  'tooShort',
  'tooFew',
]);
export type VerdictCode = z.infer<typeof verdictCodeSchema>;

/** An inspector accepted a reason for a rule and period of one speaker. */
export const excuseSchema = z.object({
  id: idSchema,
  rule: idSchema,
  speaker: idSchema,
  periodFrom: localDaySchema,
  reason: z.string().min(1).max(500),
  acceptedMs: instantMsSchema,
});
export type Excuse = z.infer<typeof excuseSchema>;

/**
 * An inspector found that on these days, both included, a speaker did (`belonged`) or did not stand in
 * a unit, whatever the unit history says. It moves no verdict, it is shown beside those that it
 * concerns; of several about a day all are shown. Source: AIRTIME.md, 4 (a finding of its own).
 */
export const historyCorrectionSchema = z.object({
  id: idSchema,
  speaker: idSchema,
  unit: idSchema,
  belonged: z.boolean(),
  from: localDaySchema,
  to: localDaySchema,
  reason: z.string().min(1).max(500),
  foundMs: instantMsSchema,
});
export type HistoryCorrection = z.infer<typeof historyCorrectionSchema>;

/**
 * The inspector locked a week: what is unknown in it becomes unproven. `week` is its Monday; `heads`
 * says how far each speaker's log was stored without a hole, so that what comes later is shown as
 * late. Source: AIRTIME.md, 4.
 */
export const weekLockSchema = z.object({
  week: localDaySchema,
  lockedMs: instantMsSchema,
  heads: z.array(z.object({ speaker: idSchema, seq: z.int().min(1) })).max(50_000),
});
export type WeekLock = z.infer<typeof weekLockSchema>;
