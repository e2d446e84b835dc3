import * as z from 'zod';
import { verdictCodeSchema } from './airtime.ts';
import { idSchema, instantMsSchema, localDaySchema, sha256Schema } from './primitives.ts';
import { endReasonSchema, refusalReasonSchema } from './records/reasons.ts';
import { sessionIdSchema } from './session.ts';

/** The days a verdict is about, both included. Source: AIRTIME.md, 3. */
export const periodSchema = z.object({
  per: z.enum(['day', 'week', 'everyDays']),
  from: localDaySchema,
  to: localDaySchema,
});
export type VerdictPeriod = z.infer<typeof periodSchema>;

/**
 * Why a session is not counted. It did not qualify: `notOwed` (its day owes nothing), `drill`,
 * `emergency`, `otherContent` (nothing of the campaign), `notAudible`, `undated` (no trusted time),
 * `afterInstant` (dated after the instant of judging), `outsideDayparts`, `tooShort`. Nothing of it
 * was recorded: `refused`, `speakerOff` (no power at its start), `notBegun` (complete log, nothing),
 * `awaitingData`. It qualified, and yet is spare: `tooClose` (spacing), `dayFull` (the maximum that
 * one day may bring to a longer period).
 */
export const sessionReasonSchema = z.enum([
  'notOwed',
  'drill',
  'emergency',
  'otherContent',
  'notAudible',
  'undated',
  'afterInstant',
  'outsideDayparts',
  'tooShort',
  'refused',
  'speakerOff',
  'notBegun',
  'awaitingData',
  'tooClose',
  'dayFull',
]);
export type SessionReason = z.infer<typeof sessionReasonSchema>;

/**
 * One `ended` record as evidence. `startedMs` is the dated instant at which it began to sound (or to
 * play, when nothing was audible); null when it is not dated. `counts` says whether it is counted
 * under the rule, `inRun` whether it lies in the occurrence.
 */
export const broadcastEvidenceSchema = z.object({
  seq: z.int().min(1),
  bulletin: idSchema.nullable(),
  clip: sha256Schema.nullable(),
  startedMs: z.int().nullable(),
  audibleMs: z.int().min(0),
  counts: z.boolean(),
  inRun: z.boolean(),
  reason: endReasonSchema.nullable(),
});
export type BroadcastEvidence = z.infer<typeof broadcastEvidenceSchema>;

/**
 * One session under one rule. `airtimeMs` is the airtime of its longest run, its occurrence.
 * `startedMs` is when the session was first heard; `timing` compares that with the planned start.
 * `cause` is what the log itself gives as reason. `refusals` are sequence numbers of `refused` records.
 */
export const sessionEvidenceSchema = z.object({
  session: sessionIdSchema,
  plannedMs: instantMsSchema,
  startedMs: z.int().nullable(),
  timing: z.enum(['onTime', 'early', 'late']).nullable(),
  airtimeMs: z.int().min(0),
  qualifies: z.boolean(),
  counted: z.boolean(),
  reason: sessionReasonSchema.nullable(),
  cause: z.union([endReasonSchema, refusalReasonSchema]).nullable(),
  broadcasts: z.array(broadcastEvidenceSchema),
  refusals: z.array(z.int().min(1)),
});
export type SessionEvidence = z.infer<typeof sessionEvidenceSchema>;

/**
 * What is owed and was not aired: occurrences, and what they lack in whole seconds, rounded up once,
 * here; totals of units are sums of these. A rule without minutes lacks no seconds.
 * Source: AIRTIME.md, 4.
 */
export const shortfallSchema = z.object({
  occurrences: z.int().min(0),
  seconds: z.int().min(0),
});
export type Shortfall = z.infer<typeof shortfallSchema>;

/**
 * Why nothing can be said. `logMissing`: the log does not reach over the period; `bootUndated`: a
 * boot without trusted time could lie in it; `sessionUndated`: a record without trusted time names
 * one of its sessions; `exempterMissing`: the log of a speaker that could exempt it does not reach.
 */
export const unknownReasonSchema = z.enum([
  'logMissing',
  'bootUndated',
  'sessionUndated',
  'exempterMissing',
]);
export type UnknownReason = z.infer<typeof unknownReasonSchema>;

/**
 * One rule, one speaker, one period, with its evidence; `sessions` ascend by planned start, then id.
 * `version` is the rule's version that judged. `owed` and `has` count occurrences. `late`: it is met
 * only by records that came after its week was locked. `unknown` is there
 * with the verdicts `unknown` and `unproven`, `exemptedBy` with `exempt`, `excuse` with `excused`.
 * Source: AIRTIME.md, 4.
 */
export const verdictSchema = z
  .object({
    rule: idSchema,
    version: z.int().min(1),
    speaker: idSchema,
    period: periodSchema,
    verdict: verdictCodeSchema,
    counts: z.enum(['campaign', 'session']),
    owed: z.int().min(0),
    has: z.int().min(0),
    late: z.boolean(),
    shortfall: shortfallSchema,
    unknown: unknownReasonSchema.nullable(),
    exemptedBy: z.object({ speaker: idSchema, session: sessionIdSchema }).nullable(),
    excuse: idSchema.nullable(),
    sessions: z.array(sessionEvidenceSchema),
  })
  .meta({ id: 'Verdict' });
export type Verdict = z.infer<typeof verdictSchema>;

export const unitVerdictCodeSchema = z.enum([...verdictCodeSchema.options, 'noSpeaker']);
export type UnitVerdictCode = z.infer<typeof unitVerdictCodeSchema>;

/**
 * One rule, one unit, one period. `judged` speakers owed it and were neither exempt nor excused;
 * `required` of them must be `met`. `shortfall` is the sum over its speakers, `speakers` ascend.
 * Source: AIRTIME.md, 4.
 */
export const unitVerdictSchema = z
  .object({
    rule: idSchema,
    version: z.int().min(1),
    unit: idSchema,
    period: periodSchema,
    verdict: unitVerdictCodeSchema,
    counts: z.enum(['campaign', 'session']),
    judged: z.int().min(0),
    required: z.int().min(0),
    met: z.int().min(0),
    shortfall: shortfallSchema,
    speakers: z.array(z.object({ speaker: idSchema, verdict: verdictCodeSchema })),
  })
  .meta({ id: 'UnitVerdict' });
export type UnitVerdict = z.infer<typeof unitVerdictSchema>;

/** How often verdicts came out how over `periods` periods, and what was lacking in all of them. */
export const verdictTotalsSchema = z.object({
  periods: z.int().min(0),
  verdicts: z.partialRecord(verdictCodeSchema, z.int().min(1)),
  shortfall: shortfallSchema,
});
export type VerdictTotals = z.infer<typeof verdictTotalsSchema>;

/** Something in a speaker's log that an inspector must see, whatever the verdicts. */
export const logFindingSchema = z.object({
  code: z.enum(['recordAfterInstant', 'sequenceConflict', 'wrongSpeaker']),
  speaker: idSchema,
  seq: z.int().min(1),
});
export type LogFinding = z.infer<typeof logFindingSchema>;

/**
 * A breach of a cap on one local day (of `maxDaysPerWeek`: the first day of the week that was
 * judged). `found` and `allowed` are numbers of sessions or days, or milliseconds of sound. Source: AIRTIME.md, 4.
 */
export const capFindingSchema = z.object({
  cap: idSchema,
  speaker: idSchema,
  code: z.enum([
    'maxSessionsPerDay',
    'maxDaysPerWeek',
    'maxSessionMinutes',
    'maxDayMinutes',
    'forbiddenWeekdays',
    'quietHours',
  ]),
  day: localDaySchema,
  session: sessionIdSchema.nullable(),
  found: z.int().min(0),
  allowed: z.int().min(0),
});
export type CapFinding = z.infer<typeof capFindingSchema>;
