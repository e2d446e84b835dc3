import * as z from 'zod';
import {
  idSchema,
  instantMsSchema,
  prioritySchema,
  roleSchema,
  severalLines,
  sha256Schema,
  shortText,
} from '../primitives.ts';
import { speechMannerSchema } from '../speech.ts';

/** Airable bytes: what they are and how they measure. Identified by their SHA-256. */
export const clipSchema = z.object({
  sha256: sha256Schema,
  bytes: z.int().min(1),
  durationMs: z.int().min(1),
  loudnessLufs: z.number(),
  truePeakDbtp: z.number(),
  createdMs: instantMsSchema,
});
export type Clip = z.infer<typeof clipSchema>;

/** Who did it: a user, a speaker, or the system itself. */
export const actorSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('user'), id: z.string().min(1).max(80) }),
  z.object({ kind: z.literal('speaker'), id: idSchema }),
  z.object({ kind: z.literal('system'), id: z.string().min(1).max(80) }),
]);
export type Actor = z.infer<typeof actorSchema>;

export const bulletinStateSchema = z.enum([
  'draft',
  'submitted',
  'released',
  'rejected',
  'withdrawn',
  'replaced',
]);
export type BulletinState = z.infer<typeof bulletinStateSchema>;

/** The most units that one bulletin names; more of them have a unit above them. */
export const MAX_TARGET_UNITS = 200;

/** The longest script: more than an hour of speech. */
export const MAX_SCRIPT_CHARS = 60_000;

/** Why an approver sends a bulletin back, in the approver's own words. */
export const rejectReasonSchema = severalLines(500);

/** Who provided a bulletin, as "Công an xã". */
export const supplierSchema = shortText(200);

/** Why a version was made, in the words of who made it. */
export const versionReasonSchema = shortText(500);

/**
 * A script and its clip with campaign and approval. `script` is null when audio was brought
 * without words to read; where `manner` is null, no voice has read them. A
 * release binds `clip`; other bytes are another release. It may sound in `[validFromMs, expiresMs)`
 * on speakers of `units` and of those below them; of every unit where none is named. `supplier`: who
 * provided it. `rejectReason` is what the approver wrote to its author, null unless `rejected`.
 *
 * Each version is a bulletin of its own: versions of one share `first`, the id of the first, and are
 * counted by `version` from 1 on; `versionReason` says why a later one was made. Of the versions of one
 * bulletin at most one is released and at most one more is a draft or submitted; what a newer one took
 * the place of is `replaced`. Source: ADR 0019.
 */
export const bulletinSchema = z.object({
  id: idSchema,
  title: shortText(200),
  script: z.string().max(MAX_SCRIPT_CHARS).nullable(),
  manner: speechMannerSchema.nullable(),
  language: z.string().min(2).max(35),
  campaigns: z.array(idSchema).max(32),
  units: z.array(idSchema).max(MAX_TARGET_UNITS),
  supplier: supplierSchema.nullable(),
  role: roleSchema,
  priority: prioritySchema,
  clip: sha256Schema,
  state: bulletinStateSchema,
  rejectReason: rejectReasonSchema.nullable(),
  trial: z.boolean(),
  validFromMs: instantMsSchema,
  expiresMs: instantMsSchema,
  createdBy: actorSchema,
  createdMs: instantMsSchema,
  releasedMs: instantMsSchema.nullable(),
  first: idSchema,
  version: z.int().min(1),
  versionReason: versionReasonSchema.nullable(),
});
export type Bulletin = z.infer<typeof bulletinSchema>;

/**
 * What somebody wrote about a bulletin, at an instant; never changed. `bulletin` is the version that
 * was looked at, `first` the first of its versions.
 */
export const bulletinCommentSchema = z.object({
  id: idSchema,
  first: idSchema,
  bulletin: idSchema,
  author: z.string().min(1).max(80),
  text: severalLines(2000),
  atMs: instantMsSchema,
});
export type BulletinComment = z.infer<typeof bulletinCommentSchema>;
