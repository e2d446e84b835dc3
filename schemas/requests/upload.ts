import * as z from 'zod';
import { fileNameSchema, uploadMarkSchema } from '../entities/upload.ts';
import { uploadBulletinQuerySchema } from './bulletin.ts';

const isPath = (name: string): boolean => /[/\\]/.test(name) || /^\.{1,2}$/.test(name);

/** What is said of the file itself; the rest of the metadata describes its bulletin. */
export const uploadFileSchema = z.object({
  filename: fileNameSchema.refine((name) => !isPath(name), { message: 'path' }),
  mark: uploadMarkSchema.default(''),
});

/** A file that is about to be sent, and what is said of it: more than a header has room for. */
export const beginUploadRequestSchema = z.object({
  bytes: z.int().min(0),
  metadata: z.record(z.string().max(80), z.string()),
});

/** The names of metadata that describe a bulletin. */
export const descriptionFields: readonly string[] = Object.keys(uploadBulletinQuerySchema.shape);
