import * as z from 'zod';
import { repaymentSchema } from '../make-good.ts';
import { preflightSchema } from '../preflight.ts';
import {
  idSchema,
  intervalSchema,
  positionMsSchema,
  prioritySchema,
  roleSchema,
  sha256Schema,
  siteSlugSchema,
  volumeSchema,
} from '../primitives.ts';
import { sessionIdSchema } from '../session.ts';
import { anchorSchema, clockStateSchema } from './clock-state.ts';
import { endReasonSchema, refusalReasonSchema } from './reasons.ts';

/** How many separate audible stretches one item may have; a longer list is cut, never joined. */
export const MAX_AUDIBLE_INTERVALS = 256;

/** `prev` of a speaker's first record. */
export const GENESIS_HASH = '0'.repeat(64);

/**
 * What every record holds. `seq` counts from 1 without a hole over the speaker's life; `prev` is the
 * SHA-256 of the payload bytes of the record before (of `seq` 1: 64 zeros). `boot` is one run of the
 * agent, `posMs` the position in it. Source: DESIGN.md, the way of a broadcast, 6; AIRTIME.md, 2.
 */
const common = {
  v: z.literal(1),
  site: siteSlugSchema,
  speaker: idSchema,
  seq: z.int().min(1),
  prev: sha256Schema,
  boot: idSchema,
  posMs: positionMsSchema,
  clock: clockStateSchema,
};

/** The agent started. `cause` says how the run before it ended. */
export const bootRecordSchema = z.object({
  ...common,
  kind: z.literal('boot'),
  cause: z.enum(['first', 'cleanStop', 'ordered', 'powerLoss']),
  previousBoot: idSchema.nullable(),
  agentVersion: z.string().min(1).max(40),
  tornLine: z.boolean(),
});

/** The wall anchor was set or moved. */
export const clockRecordSchema = z.object({
  ...common,
  kind: z.literal('clock'),
  anchor: anchorSchema,
});

/** A level that was measured at the player's output or behind it, in dB of full scale (RMS). */
export const measurementSchema = z.object({
  method: z.enum(['capture', 'player']),
  rmsDbfs: z.number().min(-200).max(20),
  silentMs: z.int().min(0),
});
export type Measurement = z.infer<typeof measurementSchema>;

/**
 * One item has sounded, whole or in part: all that judging needs, for ever. `played` and `audible`
 * are positions of `boot`; `audible` lies inside `played`, ordered and disjoint, and is empty when
 * nothing could be heard. `clip` is null for live and relay. `playlist` names the document it was
 * planned in. `skippedMs` is how far into the item it was begun; those of older agents do not
 * say it. `repays` is there in a session that repays another, `emergency` in a repeat of one.
 * Source: AIRTIME.md, 2 and 5.
 */
export const endedRecordSchema = z.object({
  ...common,
  kind: z.literal('ended'),
  session: sessionIdSchema,
  playlist: sha256Schema.nullable(),
  slotOffsetMs: z.int().min(0).nullable(),
  skippedMs: z.int().min(0).optional(),
  item: z.object({
    kind: z.enum(['clip', 'live', 'relay']),
    clip: sha256Schema.nullable(),
    durationMs: z.int().min(1).nullable(),
    bulletin: idSchema.nullable(),
    campaigns: z.array(idSchema).max(32),
    role: roleSchema,
    priority: prioritySchema,
  }),
  drill: z.boolean(),
  played: intervalSchema,
  audible: z.array(intervalSchema).max(MAX_AUDIBLE_INTERVALS),
  outcome: z.enum(['whole', 'part', 'none']),
  reason: endReasonSchema.nullable(),
  volume: volumeSchema,
  measurement: measurementSchema.nullable(),
  repays: repaymentSchema.optional(),
  emergency: idSchema.optional(),
});
export type EndedRecord = z.infer<typeof endedRecordSchema>;

/**
 * Something was refused: a session, an item, a message, an emergency (`emergency` names it where its
 * signature holds), or to repay what was missed; then `repays` says what.
 */
export const refusedRecordSchema = z.object({
  ...common,
  kind: z.literal('refused'),
  reason: refusalReasonSchema,
  session: sessionIdSchema.nullable(),
  clip: sha256Schema.nullable(),
  bulletin: idSchema.nullable(),
  what: z.enum([
    'session',
    'item',
    'pointer',
    'limits',
    'playlist',
    'order',
    'emergency',
    'clip',
    'permit',
    'makeGood',
    'bundle',
  ]),
  repays: repaymentSchema.optional(),
  emergency: idSchema.optional(),
});
export type RefusedRecord = z.infer<typeof refusedRecordSchema>;

/** Hourly and right after each local midnight; names the session that is open, if one is. */
export const heartbeatRecordSchema = z.object({
  ...common,
  kind: z.literal('heartbeat'),
  openSession: sessionIdSchema.nullable(),
});

/**
 * A bundle was read from a USB stick, and the log was written onto it up to and including `logTo`; 0
 * when nothing of it was. Source: docs/usb-stick.md.
 */
export const stickRecordSchema = z.object({
  ...common,
  kind: z.literal('stick'),
  bundle: idSchema,
  logTo: z.int().min(0),
});

/** How much of what an amplifier's command wrote is kept, in characters. */
export const MAX_AMPLIFIER_OUTPUT = 500;

/**
 * A command switched the amplifier before or after sound, or failed to. `exitCode` is null when it could
 * not be started, or was killed at its bound. Source: docs/speaker.md.
 */
export const amplifierRecordSchema = z.object({
  ...common,
  kind: z.literal('amplifier'),
  command: z.enum(['before', 'after']),
  outcome: z.enum(['done', 'failed', 'timedOut']),
  exitCode: z.int().nullable(),
  tookMs: z.int().min(0),
  output: z.string().max(MAX_AMPLIFIER_OUTPUT),
});

/**
 * What the speaker lacked for the coming fourteen days, as it was found each evening. Source: issue 5, 4.
 */
export const preflightRecordSchema = z.object({
  ...common,
  kind: z.literal('preflight'),
  report: preflightSchema,
});

/** One line of the as-run log. Source: AIRTIME.md, 2. */
export const logRecordSchema = z
  .discriminatedUnion('kind', [
    bootRecordSchema,
    clockRecordSchema,
    endedRecordSchema,
    refusedRecordSchema,
    heartbeatRecordSchema,
    stickRecordSchema,
    amplifierRecordSchema,
    preflightRecordSchema,
  ])
  .meta({ id: 'LogRecord' });
export type LogRecord = z.infer<typeof logRecordSchema>;

type WithoutCommon<T> = T extends unknown ? Omit<T, keyof typeof common> : never;
/** What a record says besides what every record holds. */
export type RecordBody = WithoutCommon<LogRecord>;
