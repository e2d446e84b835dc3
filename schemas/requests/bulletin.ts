import * as z from 'zod';
import { bulletinLanguageSchema, SPOKEN_LANGUAGE } from '../bulletin-language.ts';
import {
  bulletinCommentSchema,
  bulletinSchema,
  MAX_SCRIPT_CHARS,
  MAX_TARGET_UNITS,
  rejectReasonSchema,
  supplierSchema,
  versionReasonSchema,
} from '../entities/bulletin.ts';
import { makingChoicesSchema } from '../making.ts';
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
 * later. With `submit` it goes to the approver at once. `replaces`: the bulletin that it is the next
 * version of, for the `reason` given.
 */
const description = {
  title: shortText(200),
  language: bulletinLanguageSchema.default(SPOKEN_LANGUAGE),
  supplier: supplierSchema.optional(),
  replaces: idSchema.optional(),
  reason: versionReasonSchema.optional(),
  role: roleSchema.default('bulletin'),
  priority: prioritySchema.default('normal'),
};

const instantTextSchema = z
  .string()
  .regex(/^\d{1,15}$/)
  .transform(Number)
  .pipe(instantMsSchema);

const listedTextSchema = z
  .string()
  .default('')
  .transform((text) => text.split(',').filter((part) => part !== ''));

const MAX_CHOICES_CHARS = 300;
const jsonTextSchema = z
  .string()
  .max(MAX_CHOICES_CHARS)
  .transform((text, context): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      context.addIssue({ code: 'custom', message: 'no JSON' });
      return z.NEVER;
    }
  });

const attachedScriptSchema = z
  .string()
  .max(MAX_SCRIPT_CHARS)
  .transform((text) => text.normalize('NFC').trim());

/**
 * As query parameters beside the bytes: campaigns and units are separated by commas; `choices` are as
 * JSON what is done to the recording, where it is not the usual; `script` are the words that it says,
 * for people to read: the empty text for none, left out where those of the version before stay.
 */
export const uploadBulletinQuerySchema = z.object({
  ...description,
  script: attachedScriptSchema.optional(),
  choices: jsonTextSchema.pipe(makingChoicesSchema).optional(),
  campaigns: listedTextSchema.pipe(z.array(idSchema).max(MAX_CAMPAIGNS)),
  units: listedTextSchema.pipe(z.array(idSchema).max(MAX_TARGET_UNITS)),
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
  units: z.array(idSchema).max(MAX_TARGET_UNITS).default([]),
  validFromMs: instantMsSchema.optional(),
  expiresMs: instantMsSchema.optional(),
  submit: z.boolean().default(true),
});

export type BulletinDescription = z.infer<typeof uploadBulletinQuerySchema>;

/** `clip` is the SHA-256 of the bytes that the approver heard. */
export const releaseBulletinRequestSchema = z.object({ clip: sha256Schema });

export const rejectBulletinRequestSchema = z.object({ reason: rejectReasonSchema });

/**
 * What is left out stays as it is. `supplier` null names nobody any more. `script` are the words that a
 * recording says, for people to read; the empty text for none. What a voice reads out has its own.
 * `seen`: all of it as it stood when somebody began to change it; where it stands otherwise now, nothing is
 * overwritten.
 */
export const changeBulletinRequestSchema = z.object({
  title: description.title.exactOptional(),
  language: bulletinLanguageSchema.exactOptional(),
  supplier: supplierSchema.nullable().exactOptional(),
  script: attachedScriptSchema.exactOptional(),
  campaigns: z.array(idSchema).max(MAX_CAMPAIGNS).exactOptional(),
  units: z.array(idSchema).max(MAX_TARGET_UNITS).exactOptional(),
  priority: prioritySchema.exactOptional(),
  validFromMs: instantMsSchema.exactOptional(),
  expiresMs: instantMsSchema.exactOptional(),
  reason: versionReasonSchema.exactOptional(),
  seen: bulletinSchema
    .pick({
      ...{ title: true, language: true, supplier: true, script: true, campaigns: true },
      ...{ units: true, priority: true, validFromMs: true, expiresMs: true },
    })
    .exactOptional(),
});
export type ChangeBulletinRequest = z.infer<typeof changeBulletinRequestSchema>;

export const commentBulletinRequestSchema = z.object({ text: bulletinCommentSchema.shape.text });
