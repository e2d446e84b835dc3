import * as z from 'zod';
import { rejectReasonSchema } from '../entities/bulletin.ts';
import {
  idSchema,
  instantMsSchema,
  prioritySchema,
  roleSchema,
  sha256Schema,
  shortText,
} from '../primitives.ts';
import { speechMannerSchema } from '../speech.ts';

const MAX_CAMPAIGNS = 32;

/**
 * What is said of a bulletin besides its sound. `validFromMs` defaults to now, `expiresMs` to a year
 * later. With `submit` it goes to the approver at once.
 */
const description = {
  title: shortText(200),
  language: z.string().min(2).max(35).default('vi'),
  role: roleSchema.default('bulletin'),
  priority: prioritySchema.default('normal'),
};

const instantTextSchema = z
  .string()
  .regex(/^\d{1,15}$/)
  .transform(Number)
  .pipe(instantMsSchema);

/** As query parameters beside the bytes: campaigns are separated by commas. */
export const uploadBulletinQuerySchema = z.object({
  ...description,
  campaigns: z
    .string()
    .default('')
    .transform((text) => text.split(',').filter((part) => part !== ''))
    .pipe(z.array(idSchema).max(MAX_CAMPAIGNS)),
  validFromMs: instantTextSchema.optional(),
  expiresMs: instantTextSchema.optional(),
  submit: z
    .enum(['true', 'false'])
    .default('true')
    .transform((text) => text === 'true'),
});

export const writeBulletinRequestSchema = z.object({
  ...description,
  text: z.string().max(200_000),
  manner: speechMannerSchema.prefault({}),
  campaigns: z.array(idSchema).max(MAX_CAMPAIGNS).default([]),
  validFromMs: instantMsSchema.optional(),
  expiresMs: instantMsSchema.optional(),
  submit: z.boolean().default(true),
});

export type BulletinDescription = z.infer<typeof uploadBulletinQuerySchema>;

/** `clip` is the SHA-256 of the bytes that the approver heard. */
export const releaseBulletinRequestSchema = z.object({ clip: sha256Schema });

export const rejectBulletinRequestSchema = z.object({ reason: rejectReasonSchema });
