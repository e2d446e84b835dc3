import * as z from 'zod';
import { airtimeCapSchema, airtimeRuleSchema } from './airtime.ts';
import { programmeHoursSchema } from './entities/programme.ts';
import {
  daypartSchema,
  idSchema,
  instantMsSchema,
  localDaySchema,
  siteSlugSchema,
  volumeSchema,
} from './primitives.ts';
import { sessionIdSchema } from './session.ts';
import { MAX_MANNERS } from './session-manner.ts';

/** How many versions of rules, caps and fixed programmes one policy carries at the most. */
export const MAX_POLICY_RULES = 96;
export const MAX_POLICY_CAPS = 48;
export const MAX_POLICY_PROGRAMMES = 48;
const MAX_POLICY_DAYPARTS = 16;
/** How many sessions of one day a permit names, and how many make-goods a health message shows. */
export const MAX_PERMITTED_SESSIONS = 96;
export const MAX_SHOWN_MAKE_GOODS = 24;

/** Whether a speaker repays what was missed: by itself, only with a permit, or not at all. */
export const makeGoodModeSchema = z
  .enum(['byItself', 'permit', 'off'])
  .meta({ id: 'MakeGoodMode' });
export type MakeGoodMode = z.infer<typeof makeGoodModeSchema>;

/**
 * What a speaker needs to repay an occurrence without asking: every version of the rules it owes and
 * the caps that bind it, today and on the days that are planned, and the fixed programmes of other
 * sources, over which nothing is placed. It owes nothing before `owesFrom`. `dayparts` are the site's:
 * what repays a rule that names none lies in them; absent: anywhere in the day. `volumes` say how
 * loud it sounds: as the first of these dayparts in which it begins wants it, else (and where that
 * one names no volume) `usual` (null: as the speaker is set); absent: as loud as the missed session.
 * Source: AIRTIME.md, 5 (make-good).
 */
export const makeGoodPolicySchema = z
  .object({
    mode: makeGoodModeSchema,
    owesFrom: localDaySchema.nullable(),
    rules: z.array(airtimeRuleSchema).max(MAX_POLICY_RULES),
    caps: z.array(airtimeCapSchema).max(MAX_POLICY_CAPS),
    programmes: z.array(programmeHoursSchema).max(MAX_POLICY_PROGRAMMES).default([]),
    dayparts: z.array(daypartSchema).max(MAX_POLICY_DAYPARTS).optional(),
    volumes: z
      .object({
        usual: volumeSchema.min(1).nullable(),
        dayparts: z
          .array(daypartSchema.extend({ volume: volumeSchema.min(1).nullable() }))
          .max(MAX_MANNERS),
      })
      .optional(),
  })
  .meta({ id: 'MakeGoodPolicy' });
export type MakeGoodPolicy = z.infer<typeof makeGoodPolicySchema>;

/** Which missed session is repaid, and the rules under which it was owed. */
export const repaymentSchema = z
  .object({
    session: sessionIdSchema,
    rules: z.array(idSchema).min(1).max(MAX_POLICY_RULES),
  })
  .meta({ id: 'Repayment' });
export type Repayment = z.infer<typeof repaymentSchema>;

/**
 * An approver allows one speaker to repay the named missed sessions of one local day, until
 * `expiresMs`. Taken like a pointer: right speaker, valid signature, greater revision; it names all
 * that is permitted, so that a newer one replaces it. Source: AIRTIME.md, 5 (make-good).
 */
export const permitSchema = z
  .object({
    v: z.literal(1),
    site: siteSlugSchema,
    speaker: idSchema,
    revision: z.int().min(1),
    issuedMs: instantMsSchema,
    expiresMs: instantMsSchema,
    day: localDaySchema,
    sessions: z.array(sessionIdSchema).min(1).max(MAX_PERMITTED_SESSIONS),
  })
  .meta({ id: 'Permit' });
export type Permit = z.infer<typeof permitSchema>;

/** A session that repays another, as its speaker has placed it. Instants are epoch milliseconds. */
export const shownMakeGoodSchema = z.object({
  session: sessionIdSchema,
  startMs: instantMsSchema,
  endMs: instantMsSchema,
  repays: repaymentSchema,
});
export type ShownMakeGood = z.infer<typeof shownMakeGoodSchema>;
