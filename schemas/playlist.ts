import * as z from 'zod';
import {
  idSchema,
  instantMsSchema,
  localDaySchema,
  prioritySchema,
  roleSchema,
  sha256Schema,
  siteSlugSchema,
  volumeSchema,
} from './primitives.ts';
import { sessionIdSchema } from './session.ts';
import { lateSchema } from './session-manner.ts';

export const MAX_SLOTS_PER_SESSION = 500;
export const MAX_SESSIONS_PER_DAY = 96;

/** Clip bytes as a slot needs them: what to fetch, how to know it, how long it sounds. */
export const clipReferenceSchema = z.object({
  sha256: sha256Schema,
  bytes: z.int().min(1),
  durationMs: z.int().min(1),
});
export type ClipReference = z.infer<typeof clipReferenceSchema>;

/**
 * One item of a session. `offsetMs` counts from the session's start; items are played whole and in
 * order. `clip` is there exactly when `kind` is `clip`. The item may sound only inside
 * `[validFromMs, expiresMs)`.
 */
export const slotSchema = z.object({
  offsetMs: z.int().min(0),
  durationMs: z.int().min(1),
  kind: z.enum(['clip', 'live', 'relay']),
  clip: clipReferenceSchema.nullable(),
  bulletin: idSchema.nullable(),
  campaigns: z.array(idSchema).max(32),
  role: roleSchema,
  priority: prioritySchema,
  validFromMs: instantMsSchema,
  expiresMs: instantMsSchema,
});
export type Slot = z.infer<typeof slotSchema>;

/**
 * A planned, contiguous block of slots. `startMs` is null only in a list to be played by hand,
 * which starts when its order says. Not begun within `latestStartMin` after its start, it is not
 * begun any more; without `late`, one that the speaker comes to late is joined where it would be.
 * Source: AIRTIME.md, 2.
 */
export const sessionSchema = z.object({
  id: sessionIdSchema.nullable(),
  startMs: instantMsSchema.nullable(),
  latestStartMin: z.int().min(0).max(720),
  drill: z.boolean(),
  priority: prioritySchema,
  volume: volumeSchema.nullable(),
  late: lateSchema.optional(),
  slots: z.array(slotSchema).min(1).max(MAX_SLOTS_PER_SESSION),
});
export type Session = z.infer<typeof sessionSchema>;

/**
 * The sessions of one local day as a document named by the SHA-256 of its canonical bytes (RFC
 * 8785): equal plans are one document. It names no speaker. `day` is null in a list to be played
 * by hand. Source: DESIGN.md, the way of a broadcast, 4.
 */
export const playlistSchema = z
  .object({
    v: z.literal(1),
    site: siteSlugSchema,
    day: localDaySchema.nullable(),
    sessions: z.array(sessionSchema).max(MAX_SESSIONS_PER_DAY),
  })
  .meta({ id: 'Playlist' });
export type Playlist = z.infer<typeof playlistSchema>;
