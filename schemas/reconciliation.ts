import * as z from 'zod';
import {
  idSchema,
  instantMsSchema,
  localDaySchema,
  prioritySchema,
  roleSchema,
  sha256Schema,
} from './primitives.ts';
import { endReasonSchema, refusalReasonSchema } from './records/reasons.ts';
import { sessionIdSchema } from './session.ts';

/** What became of a planned slot, as far as the log says. Source: AIRTIME.md, 2 and 4. */
export const slotStateSchema = z.enum(['aired', 'partlyAired', 'notAired', 'awaitingData']);
export type SlotState = z.infer<typeof slotStateSchema>;

/**
 * Why a slot is not `aired`. Sounded in part: `cutShort`. The log is complete: `notAudible` (it was
 * played and could not be heard), `refused`, `speakerOff`, `notReached` (its session sounded, without
 * it), `notBegun`. Nothing can be said yet: `notYet` (its session is not over), `undated` and
 * `afterInstant` (a record names it that has no trusted date, or one after the instant of asking),
 * `logMissing`, `bootUndated`, `sessionUndated` as in a verdict.
 */
export const slotReasonSchema = z.enum([
  'cutShort',
  'notAudible',
  'refused',
  'speakerOff',
  'notReached',
  'notBegun',
  'notYet',
  'undated',
  'afterInstant',
  'logMissing',
  'bootUndated',
  'sessionUndated',
]);
export type SlotReason = z.infer<typeof slotReasonSchema>;

/**
 * One planned slot beside what was heard of it. `plannedMs` and `startedMs` are instants; `airedMs`
 * is how much of it its dated records say was heard, what was begun again counted once. `final`: no
 * record that is still missing can change it. `cause` is what the log itself gives as reason;
 * `records` and `refusals` are sequence numbers.
 */
export const slotReconciliationSchema = z.object({
  offsetMs: z.int().min(0),
  plannedMs: instantMsSchema,
  durationMs: z.int().min(1),
  kind: z.enum(['clip', 'live', 'relay']),
  clip: sha256Schema.nullable(),
  bulletin: idSchema.nullable(),
  role: roleSchema,
  state: slotStateSchema,
  final: z.boolean(),
  airedMs: z.int().min(0),
  startedMs: z.int().nullable(),
  reason: slotReasonSchema.nullable(),
  cause: z.union([endReasonSchema, refusalReasonSchema]).nullable(),
  records: z.array(z.int().min(1)),
  refusals: z.array(z.int().min(1)),
});
export type SlotReconciliation = z.infer<typeof slotReconciliationSchema>;

/**
 * Sums over slots: how many in each state, and how much of `plannedMs` was aired, is missed for good
 * and awaits data. The three add up to `plannedMs`: what a slot sounded beyond its length is left out.
 */
export const slotTotalsSchema = z.object({
  slots: z.int().min(0),
  aired: z.int().min(0),
  partlyAired: z.int().min(0),
  notAired: z.int().min(0),
  awaitingData: z.int().min(0),
  plannedMs: z.int().min(0),
  airedMs: z.int().min(0),
  missedMs: z.int().min(0),
  awaitingMs: z.int().min(0),
});
export type SlotTotals = z.infer<typeof slotTotalsSchema>;

/** A planned session, its slots in the order of the playlist. */
export const sessionReconciliationSchema = z.object({
  session: sessionIdSchema,
  plannedMs: instantMsSchema,
  drill: z.boolean(),
  priority: prioritySchema,
  slots: z.array(slotReconciliationSchema),
  totals: slotTotalsSchema,
});
export type SessionReconciliation = z.infer<typeof sessionReconciliationSchema>;

/**
 * One `ended` record that was audible and belongs to no planned slot. `why`: an `emergency`, a
 * session `byHand` or to make good (`makeGood`), a planned session that these playlists do not hold
 * (`unplannedSession`), an item that its session does not hold (`unplannedItem`). `startedMs` is
 * null when the record is not dated: it then adds nothing to totals.
 */
export const outsideSoundSchema = z.object({
  seq: z.int().min(1),
  session: sessionIdSchema,
  why: z.enum(['emergency', 'byHand', 'makeGood', 'unplannedSession', 'unplannedItem']),
  bulletin: idSchema.nullable(),
  clip: sha256Schema.nullable(),
  drill: z.boolean(),
  startedMs: z.int().nullable(),
  audibleMs: z.int().min(0),
});
export type OutsideSound = z.infer<typeof outsideSoundSchema>;

/**
 * One speaker on one local day for which its playlist is known. `totals` and `outsideMs` leave drills
 * out. `playlist` names the document.
 */
export const dayReconciliationSchema = z
  .object({
    speaker: idSchema,
    day: localDaySchema,
    playlist: sha256Schema,
    sessions: z.array(sessionReconciliationSchema),
    outside: z.array(outsideSoundSchema),
    totals: slotTotalsSchema,
    outsideMs: z.int().min(0),
  })
  .meta({ id: 'DayReconciliation' });
export type DayReconciliation = z.infer<typeof dayReconciliationSchema>;
