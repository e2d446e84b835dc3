import * as z from 'zod';
import { idSchema, instantMsSchema, type sha256Schema, shortText } from '../primitives.ts';
import type { Problem } from '../problem.ts';

/**
 * How far a file on its way to a bulletin has come; each names what has been done. `receiving`: not
 * all bytes are here. `hashed`: its SHA-256 is known. `probed`: its container and codec are known.
 * `measured`: it was decoded to its end, nothing that must not sound was found, its loudness is
 * known. `airable`: the clip was made and measured again. `stored`: the clip store has it.
 * `bulletin`: done. `refused`: it goes no further, `problem` says why. `cancelled` and `expired` are
 * over as well. Source: issue 6, 1.
 */
export const uploadSteps = [
  'receiving',
  'received',
  'hashed',
  'probed',
  'measured',
  'airable',
  'stored',
  'bulletin',
  'refused',
  'cancelled',
  'expired',
] as const;
export const uploadStepSchema = z.enum(uploadSteps);
export type UploadStep = z.infer<typeof uploadStepSchema>;

/** What the server does by itself once all bytes are here. */
export const ingestSteps = [
  'received',
  'hashed',
  'probed',
  'measured',
  'airable',
  'stored',
] as const satisfies readonly UploadStep[];

/** The name that a file has at its owner's: one line in NFC, never a path of ours. */
export const fileNameSchema = shortText(255);

/**
 * What tells a file from others of its name and length when it is chosen again: a short fingerprint
 * that the sender makes of its ends.
 */
export const uploadMarkSchema = z.string().regex(/^[0-9a-z-]{0,64}$/);

/** As JSON that the server answers with: why an upload was refused, in both languages. */
const toldProblemSchema = z.looseObject({
  code: z.string(),
  sentence: z.object({ vi: z.string(), en: z.string() }),
});

/** An upload as its owner sees it. `resumable` says that the bytes are still here to go on with. */
export const uploadViewSchema = z.object({
  id: idSchema,
  fileName: fileNameSchema,
  title: z.string(),
  mark: uploadMarkSchema,
  bytes: z.int().min(0),
  receivedBytes: z.int().min(0),
  step: uploadStepSchema,
  problem: toldProblemSchema.nullable(),
  retriable: z.boolean(),
  bulletin: idSchema.nullable(),
  createdMs: instantMsSchema,
  changedMs: instantMsSchema,
});
export type UploadView = z.infer<typeof uploadViewSchema>;

/**
 * A file that somebody brings, from its first byte to its bulletin. `owner` is a user's id, `source`
 * the SHA-256 of its bytes once they are here; `description` is what was said of the bulletin, as
 * `uploadBulletinQuerySchema` takes it.
 */
export interface Upload {
  readonly id: string;
  readonly owner: string;
  readonly fileName: string;
  readonly mark: string;
  readonly bytes: number;
  readonly description: Readonly<Record<string, string>>;
  readonly step: UploadStep;
  readonly source: z.infer<typeof sha256Schema> | null;
  readonly problem: Problem | null;
  readonly bulletin: string | null;
  readonly createdMs: number;
  readonly changedMs: number;
}
