import * as z from 'zod';
import { historyCorrectionSchema } from '../airtime.ts';
import { airtimeTotalsSchema } from '../airtime-totals.ts';
import { planDemandSchema, planRepairSchema } from '../plan-explanation.ts';
import { playlistSchema } from '../playlist.ts';
import { idSchema, instantMsSchema, localDaySchema, zoneSchema } from '../primitives.ts';
import {
  dayReconciliationSchema,
  outsideSoundSchema,
  sessionReconciliationSchema,
  slotReconciliationSchema,
} from '../reconciliation.ts';
import { capFindingSchema, unitVerdictSchema, verdictSchema } from '../verdict.ts';

/**
 * Something in a log, or in the files beside it, that an inspector must see. `line` counts from 1; it,
 * `speaker` and `seq` are null where they are not known. Before `sequenceConflict`, `chainBroken`, `signatureWrong` and
 * `envelopeInvalid` the speaker's log counts as ending; the line of any other finding counts as
 * missing (of `recordAfterInstant`: earns and proves nothing). A rule that
 * binds nobody and an excuse for no period of its rule and speaker have no effect. `detail` names a member.
 */
export const fileFindingSchema = z.object({
  code: z.enum([
    'recordTorn',
    'keyUnknown',
    'purposeWrong',
    'envelopeInvalid',
    'signatureWrong',
    'payloadInvalid',
    'unknownSpeaker',
    'wrongSpeaker',
    'sequenceConflict',
    'chainBroken',
    'recordAfterInstant',
    'ruleBindsNobody',
    'excuseWithoutPeriod',
  ]),
  speaker: idSchema.nullable(),
  seq: z.int().min(1).nullable(),
  line: z.int().min(1).nullable(),
  detail: z.string().nullable(),
});
export type FileFinding = z.infer<typeof fileFindingSchema>;

/** The same for a person, in both languages. */
const forPeople = { sentences: z.object({ vi: z.string(), en: z.string() }) };

/** The corrections of the unit history that are shown beside a verdict, by id. */
const corrected = { corrections: z.array(idSchema) };

/** What every answer about a log says first. `signaturesChecked` is false with `--unsigned`. */
const about = {
  zone: zoneSchema,
  atMs: instantMsSchema,
  signaturesChecked: z.boolean(),
};

/**
 * What `judge` writes, as data and as sentences: the verdicts of every period of the rules that
 * begins before the end of the week (or block of days) of `atMs`, with their evidence. Verdicts ascend
 * by rule, period and speaker, units by rule, period and unit, caps by cap, speaker and day, corrections
 * by id, findings by speaker, number and line.
 */
export const judgementSchema = z
  .object({
    ...about,
    verdicts: z.array(verdictSchema.extend(corrected).extend(forPeople)),
    units: z.array(unitVerdictSchema.extend(corrected).extend(forPeople)),
    totals: z.array(airtimeTotalsSchema),
    caps: z.array(capFindingSchema.extend(forPeople)),
    corrections: z.array(historyCorrectionSchema.extend(forPeople)),
    findings: z.array(fileFindingSchema.extend(forPeople)),
  })
  .meta({ id: 'Judgement' });
export type JudgementFile = z.infer<typeof judgementSchema>;

const sessionForPeople = sessionReconciliationSchema.extend({
  slots: z.array(slotReconciliationSchema.extend(forPeople)),
});

/**
 * What `reconcile` writes: each speaker's days for which its playlist is given. What became of each slot,
 * and why something sounded outside the plan, is said as data and as a sentence.
 */
export const reconciliationSchema = z
  .object({
    ...about,
    days: z.array(
      dayReconciliationSchema.extend({
        sessions: z.array(sessionForPeople),
        outside: z.array(outsideSoundSchema.extend(forPeople)),
      }),
    ),
    findings: z.array(fileFindingSchema.extend(forPeople)),
  })
  .meta({ id: 'Reconciliation' });
export type ReconciliationFile = z.infer<typeof reconciliationSchema>;

/**
 * What `plan` writes: a playlist a day, and what a day that has already begun cannot hold any more;
 * or, with no playlist, why there is no plan, as data and as sentences. `clash` and `repairs` are empty
 * where the search for a plan gave up, or the mistake lies in a rule itself; `repairsGaveUp`: the search
 * for repairs did, so that there may be others.
 */
export const planAnswerSchema = z
  .object({
    playlists: z.array(playlistSchema),
    shortfalls: z.array(
      z.object({
        rule: idSchema,
        day: localDaySchema,
        needed: z.int().min(0),
        placed: z.int().min(0),
      }),
    ),
    explanation: z.array(
      z.object({
        day: localDaySchema,
        problem: z.looseObject({ code: z.string() }),
        clash: z.array(planDemandSchema),
        repairs: z.array(planRepairSchema),
        repairsGaveUp: z.boolean(),
        sentences: z.object({ vi: z.string(), en: z.string() }),
      }),
    ),
  })
  .meta({ id: 'PlanAnswer' });
export type PlanAnswer = z.infer<typeof planAnswerSchema>;
