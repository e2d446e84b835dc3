import * as z from 'zod';
import { weekdaySchema } from './airtime.ts';
import {
  daypartSchema,
  idSchema,
  instantMsSchema,
  localDaySchema,
  localTimeSchema,
  roleSchema,
} from './primitives.ts';

const lengthMsSchema = z.int().min(0);

/** The limits of a cap, by the names of its members. */
export const capLimitSchema = z.enum([
  'maxSessionsPerDay',
  'maxDaysPerWeek',
  'maxSessionMinutes',
  'maxDayMinutes',
]);
export type CapLimit = z.infer<typeof capLimitSchema>;

/**
 * One thing that a day's plan must keep. `rule` null: the site's dayparts; `cap` null: the site's
 * quiet hours. `content`: only the bulletins that there are may be played. `validity`: only while they
 * are valid. `mandatory`: in every session. Source: AIRTIME.md, 5.
 */
export const planDemandSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('rule'),
    rule: idSchema,
    occurrences: z.int().min(0),
    neededMs: lengthMsSchema,
  }),
  z.object({
    kind: z.literal('dayparts'),
    rule: idSchema.nullable(),
    dayparts: z.array(daypartSchema),
  }),
  z.object({ kind: z.literal('spacing'), rule: idSchema, spacingMs: lengthMsSchema }),
  z.object({ kind: z.literal('cap'), cap: idSchema, limit: capLimitSchema, allowed: z.number() }),
  z.object({ kind: z.literal('weekday'), cap: idSchema, weekday: weekdaySchema }),
  z.object({ kind: z.literal('quietHours'), cap: idSchema.nullable(), quiet: daypartSchema }),
  z.object({
    kind: z.literal('occupied'),
    fromMs: instantMsSchema,
    toMs: instantMsSchema,
    from: localTimeSchema,
    to: localTimeSchema,
  }),
  z.object({
    kind: z.literal('programme'),
    programme: idSchema,
    startsAt: localTimeSchema,
    durationMs: lengthMsSchema,
  }),
  z.object({
    kind: z.literal('content'),
    campaign: idSchema,
    bulletins: z.int().min(0),
    totalMs: lengthMsSchema,
  }),
  z.object({ kind: z.literal('validity'), campaign: idSchema, day: localDaySchema }),
  z.object({ kind: z.literal('mandatory'), bulletin: idSchema, durationMs: lengthMsSchema }),
  z.object({
    kind: z.literal('frame'),
    role: roleSchema,
    bulletin: idSchema.nullable(),
    durationMs: lengthMsSchema,
  }),
]);
export type PlanDemand = z.infer<typeof planDemandSchema>;

/**
 * One change of what a plan is made from. `addContent`: a bulletin more of that length, which is
 * needed no more than once in a session. `trimQuietHours` with `after` null drops them.
 */
export const planChangeSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('addContent'), campaign: idSchema, addMs: lengthMsSchema }),
  z.object({
    kind: z.literal('setDaypart'),
    rule: idSchema.nullable(),
    before: daypartSchema,
    after: daypartSchema,
  }),
  z.object({
    kind: z.literal('raiseCap'),
    cap: idSchema,
    limit: capLimitSchema,
    before: z.number(),
    after: z.number(),
  }),
  z.object({ kind: z.literal('allowWeekday'), cap: idSchema, weekday: weekdaySchema }),
  z.object({
    kind: z.literal('trimQuietHours'),
    cap: idSchema.nullable(),
    before: daypartSchema,
    after: daypartSchema.nullable(),
  }),
  z.object({
    kind: z.literal('lowerMinutes'),
    rule: idSchema,
    before: z.number(),
    after: z.number(),
  }),
  z.object({
    kind: z.literal('lowerOccurrences'),
    rule: idSchema,
    before: z.int(),
    after: z.int(),
  }),
  z.object({ kind: z.literal('lowerSpacing'), rule: idSchema, before: z.int(), after: z.int() }),
  z.object({
    kind: z.literal('freeStretch'),
    fromMs: instantMsSchema,
    toMs: instantMsSchema,
    from: localTimeSchema,
    to: localTimeSchema,
  }),
  z.object({
    kind: z.literal('moveProgramme'),
    programme: idSchema,
    before: localTimeSchema,
    after: localTimeSchema,
  }),
  z.object({ kind: z.literal('dropProgramme'), programme: idSchema, startsAt: localTimeSchema }),
  z.object({ kind: z.literal('extendValidity'), campaign: idSchema, day: localDaySchema }),
  z.object({ kind: z.literal('makeOptional'), bulletin: idSchema }),
  z.object({ kind: z.literal('leaveOut'), role: roleSchema, bulletin: idSchema.nullable() }),
]);
export type PlanChange = z.infer<typeof planChangeSchema>;

/** Changes that together make a plan exist, none of them larger than it must be; cheapest first. */
export const planRepairSchema = z.object({
  changes: z.array(planChangeSchema).min(1),
  cost: z.number().min(0),
});
export type PlanRepair = z.infer<typeof planRepairSchema>;

/**
 * Why a day has no plan: demands that cannot hold together, though without any one of them the others
 * could; and the cheapest repairs, ascending by cost. `repairsGaveUp`: the search for them reached its
 * bound, so that there may be others, also cheaper ones. Source: AIRTIME.md, 5.
 */
export const planExplanationSchema = z.object({
  clash: z.array(planDemandSchema),
  repairs: z.array(planRepairSchema),
  repairsGaveUp: z.boolean(),
});
export type PlanExplanation = z.infer<typeof planExplanationSchema>;
