import * as z from 'zod';
import { fileNameSchema, uploadMarkSchema } from '../entities/upload.ts';
import { uploadBulletinQuerySchema } from './bulletin.ts';

const isPath = (name: string): boolean => /[/\\]/.test(name) || /^\.{1,2}$/.test(name);

/** What is said of the file itself; the rest of the metadata describes its bulletin. */
export const uploadFileSchema = z.object({
  filename: fileNameSchema.refine((name) => !isPath(name), { message: 'path' }),
  mark: uploadMarkSchema.default(''),
});

/** What is said of a file besides its words; a description with the most units has room. */
const MAX_SAID_CHARS = 16_384;

const isBounded = ({ script: _, ...said }: Readonly<Record<string, string>>): boolean =>
  Object.values(said).join('').length <= MAX_SAID_CHARS;

/** A file that is about to be sent, and what is said of it: more than a header has room for. */
export const beginUploadRequestSchema = z.object({
  bytes: z.int().min(0),
  metadata: z
    .record(z.string().max(80), z.string())
    .refine(isBounded, { message: `above ${MAX_SAID_CHARS} characters` }),
});

/** The names of metadata that describe a bulletin. */
export const descriptionFields: readonly string[] = Object.keys(uploadBulletinQuerySchema.shape);
