import * as z from 'zod';
import { fileNameSchema, uploadMarkSchema } from '../entities/upload.ts';
import { uploadBulletinQuerySchema } from './bulletin.ts';

const isPath = (name: string): boolean => /[/\\]/.test(name) || /^\.{1,2}$/.test(name);

/** What is said of the file itself; the rest of the metadata describes its bulletin. */
export const uploadFileSchema = z.object({
  filename: fileNameSchema.refine((name) => !isPath(name), { message: 'path' }),
  mark: uploadMarkSchema.default(''),
});

/** The names of metadata that describe a bulletin. */
export const descriptionFields: readonly string[] = Object.keys(uploadBulletinQuerySchema.shape);
