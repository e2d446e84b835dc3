import * as z from 'zod';
import { MAX_SHOWN_MAKE_GOODS, shownMakeGoodSchema } from './make-good.ts';
import { preflightSchema } from './preflight.ts';
import { idSchema, instantMsSchema, localDaySchema, sha256Schema } from './primitives.ts';
import { clockSourceSchema } from './records/clock-state.ts';
import { endReasonSchema, refusalReasonSchema } from './records/reasons.ts';
import { sessionIdSchema } from './session.ts';

/** How a speaker is: sent every minute and when something changes, retained. Source: DESIGN.md, contracts. */
export const healthSchema = z
  .object({
    v: z.literal(1),
    speaker: idSchema,
    boot: idSchema,
    versions: z.object({
      agent: z.string().max(40),
      node: z.string().max(40),
      player: z.string().max(80),
    }),
    clock: z.object({
      source: clockSourceSchema,
      wallMs: instantMsSchema.nullable(),
      uncertaintyMs: z.int().min(0).nullable(),
    }),
    disk: z.object({ freeBytes: z.int().min(0), totalBytes: z.int().min(0) }),
    cache: z.object({
      neededClips: z.int().min(0),
      presentClips: z.int().min(0),
      completeThrough: localDaySchema.nullable(),
    }),
    pointerRevision: z.int().min(0),
    limitsRevision: z.int().min(0),
    logSeq: z.int().min(0),
    output: z.object({
      driver: z.enum(['system', 'null']),
      device: z.string().max(200).nullable(),
      /** The device that was set, or the sound server, is not there: sound goes elsewhere. */
      isFallback: z.boolean().optional(),
    }),
    playing: z
      .object({ session: sessionIdSchema, clip: sha256Schema.nullable(), drill: z.boolean() })
      .nullable(),
    lastBroadcast: z
      .object({
        endedMs: instantMsSchema.nullable(),
        outcome: z.enum(['whole', 'part', 'none']),
        reason: endReasonSchema.nullable(),
      })
      .nullable(),
    lastRefusal: z.object({ reason: refusalReasonSchema, posMs: z.int().min(0) }).nullable(),
    waitingUntilMs: instantMsSchema.nullable(),
    outputRmsDbfs: z.number().nullable(),
    /** Sound left the player and was not heard, for 5 s or more, when it was last listened for. */
    isSilent: z.boolean().optional(),
    /** The last records of its own log that it found damaged since it started. */
    lostRecords: z
      .object({ from: z.int().min(1), to: z.int().min(1) })
      .nullable()
      .optional(),
    /**
     * The bundle on the USB stick that is plugged in: being read (its clips are still copied), done
     * (the stick may be pulled out), refused (`bundle` is null when its index is not right), or
     * without room for all of the log, or write-protected. `logTo` is the last record that was written onto it.
     */
    stick: z
      .object({
        state: z.enum(['reading', 'done', 'refused', 'logNotWhole']),
        bundle: idSchema.nullable(),
        logTo: z.int().min(0),
      })
      .nullable()
      .optional(),
    /** What is missing for the next fourteen days; null until it was looked at by a trusted clock. */
    preflight: preflightSchema.nullable().optional(),
    makeGoods: z.array(shownMakeGoodSchema).max(MAX_SHOWN_MAKE_GOODS).optional(),
  })
  .meta({ id: 'Health' });
export type Health = z.infer<typeof healthSchema>;

/** Whether the speaker's connection stands; `false` is its last will. Retained. */
export const presenceSchema = z.object({ online: z.boolean() }).meta({ id: 'Presence' });
export type Presence = z.infer<typeof presenceSchema>;
