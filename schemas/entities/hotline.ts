import * as z from 'zod';
import { idSchema, instantMsSchema, shortText } from '../primitives.ts';
import { UNIT_NAME_KEY } from '../unit-name-key.ts';
import { actorSchema } from './bulletin.ts';

/** Whom a number reaches. */
export const hotlineKindSchema = z.enum([
  'police',
  'fire',
  'medical',
  'childProtection',
  'villageHead',
  'authority',
  'other',
]);
export type HotlineKind = z.infer<typeof hotlineKindSchema>;

/** The name by which scripts ask for a number: `{cong-an-xa}`. */
export const hotlineKeySchema = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,62}$/)
  .refine((key) => key !== UNIT_NAME_KEY);

const FEWEST_DIGITS = 3;
const MOST_DIGITS = 15;
const hasDigits = (number: string): boolean => {
  const digits = number.replace(/\D/g, '').length;
  return digits >= FEWEST_DIGITS && digits <= MOST_DIGITS;
};

/** A telephone number as people write it: 3 to 15 digits, grouped as its owner groups them. */
export const phoneNumberSchema = shortText(24).pipe(
  z
    .string()
    .regex(/^[+(]?\d[\d .()-]*$/)
    .refine(hasDigits),
);

/**
 * A telephone number that is read out, for a unit and everything below it; `unit` null: for the whole
 * site, and of whoever stands above it. Two units may have a number each under one key: the nearest
 * one is read. `number` null: nobody has given it yet. Source: GLOSSARY.md; issue 6, 5.
 */
export const hotlineSchema = z.object({
  id: idSchema,
  key: hotlineKeySchema,
  kind: hotlineKindSchema,
  name: shortText(120),
  unit: idSchema.nullable(),
  number: phoneNumberSchema.nullable(),
  changedBy: actorSchema,
  changedMs: instantMsSchema,
});
export type Hotline = z.infer<typeof hotlineSchema>;

/** Who took the number of a key away last from a unit, or from the whole site, and when. */
export type HotlineRemoval = Pick<Hotline, 'key' | 'unit' | 'changedBy' | 'changedMs'>;
