import * as z from 'zod';
import {
  airtimeCapSchema,
  airtimeRuleSchema,
  excuseSchema,
  historyCorrectionSchema,
  weekLockSchema,
} from '../airtime.ts';
import { publicKeySchema } from '../envelope.ts';
import { playlistSchema } from '../playlist.ts';
import { idSchema, localDaySchema, sha256Schema, zoneSchema } from '../primitives.ts';

export const MAX_FILE_ITEMS = 50_000;

/**
 * The most lines that a log file may have. All of them are held at once, since they may come in any
 * order: the records of one commune's 60 speakers over a campaign of 90 days are 450,000.
 * Source: AIRTIME.md, 6.
 */
export const MAX_LOG_FILE_LINES = 500_000;

/** The longest line of a log file that is read; the longest record in its envelope has 40 KB. */
export const MAX_LOG_LINE_BYTES = 262_144;

/** Both included; `to` null is without end. */
const days = { from: localDaySchema, to: localDaySchema.nullable() };

/** What `--rules` holds: every version of every rule, and, if breaches are wanted too, caps. */
export const rulesFileSchema = z
  .strictObject({
    rules: z.array(airtimeRuleSchema).max(MAX_FILE_ITEMS),
    caps: z.array(airtimeCapSchema).max(MAX_FILE_ITEMS).default([]),
  })
  .meta({ id: 'RulesFile' });
export type RulesFile = z.infer<typeof rulesFileSchema>;

/** A unit's place in the tree during some days; one that moved has several. */
export const unitSpanSchema = z.strictObject({
  unit: idSchema,
  level: z.enum(['province', 'commune', 'village']),
  parent: idSchema.nullable(),
  ...days,
});

/**
 * A speaker with its history: the days on which it stands in a unit and owes its rules (those of
 * enrolment, withdrawal and removal owe nothing and are left out). `publicKey` is needed unless
 * signatures are not checked. Source: AIRTIME.md, 3.
 */
export const fileSpeakerSchema = z.strictObject({
  speaker: idSchema,
  publicKey: publicKeySchema.nullable().default(null),
  stays: z.array(z.strictObject({ unit: idSchema, ...days })).max(MAX_FILE_ITEMS),
});

/** What `--units` holds: the zone, the tree over time, the speakers with their keys. */
export const unitsFileSchema = z
  .strictObject({
    zone: zoneSchema,
    units: z.array(unitSpanSchema).max(MAX_FILE_ITEMS),
    speakers: z.array(fileSpeakerSchema).max(MAX_FILE_ITEMS),
  })
  .meta({ id: 'UnitsFile' });
export type UnitsFile = z.infer<typeof unitsFileSchema>;

/**
 * What `--playlists` holds: which playlist each speaker had on which day, as the document itself or
 * as its name (SHA-256), then found among `documents`. A pointer's payload is such a speaker: what
 * else it holds is not looked at.
 */
export const playlistsFileSchema = z
  .strictObject({
    documents: z.array(playlistSchema).max(MAX_FILE_ITEMS).default([]),
    speakers: z
      .array(
        z.object({
          speaker: idSchema,
          days: z.record(localDaySchema, z.union([sha256Schema, playlistSchema])),
        }),
      )
      .max(MAX_FILE_ITEMS),
  })
  .meta({ id: 'PlaylistsFile' });
export type PlaylistsFile = z.infer<typeof playlistsFileSchema>;

/** What `--excuses` holds. */
export const excusesFileSchema = z
  .strictObject({ excuses: z.array(excuseSchema).max(MAX_FILE_ITEMS) })
  .meta({ id: 'ExcusesFile' });
export type ExcusesFile = z.infer<typeof excusesFileSchema>;

/** What `--locks` holds. */
export const locksFileSchema = z
  .strictObject({ locks: z.array(weekLockSchema).max(MAX_FILE_ITEMS) })
  .meta({ id: 'LocksFile' });
export type LocksFile = z.infer<typeof locksFileSchema>;

/** What `--corrections` holds. */
export const correctionsFileSchema = z
  .strictObject({ corrections: z.array(historyCorrectionSchema).max(MAX_FILE_ITEMS) })
  .meta({ id: 'CorrectionsFile' });
export type CorrectionsFile = z.infer<typeof correctionsFileSchema>;
