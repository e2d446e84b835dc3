import * as z from 'zod';
import {
  idSchema,
  instantMsSchema,
  prioritySchema,
  roleSchema,
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
]);

/** Why an approver sends a bulletin back, in the approver's own words. */
export const rejectReasonSchema = shortText(500);

/**
 * A script and its clip with campaign and approval. `script` is null when audio was brought. A
 * release binds `clip`; other bytes are another release. It may sound in `[validFromMs, expiresMs)`.
 * `rejectReason` is what the approver wrote to its author, null unless `rejected`.
 */
export const bulletinSchema = z.object({
  id: idSchema,
  title: shortText(200),
  script: z.string().max(60_000).nullable(),
  manner: speechMannerSchema.nullable(),
  language: z.string().min(2).max(35),
  campaigns: z.array(idSchema).max(32),
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
});
export type Bulletin = z.infer<typeof bulletinSchema>;
