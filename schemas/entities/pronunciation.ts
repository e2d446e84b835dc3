import * as z from 'zod';
import { instantMsSchema, shortText } from '../primitives.ts';
import { actorSchema } from './bulletin.ts';

/** A word begins with a letter or a digit; the longest that is looked up is sixty characters. */
const writtenSchema = shortText(60).pipe(z.string().regex(/^[\p{L}\p{N}]/u));

/** Of what is said, nothing has to be read in other words again. */
const spokenSchema = shortText(200).pipe(z.string().regex(/^[\p{L}\p{M} ,-]+$/u));

/**
 * How this site says a word or an abbreviation, in place of what the program would say. `spoken`
 * null says it as it is written.
 */
export const pronunciationSchema = z.object({
  written: writtenSchema,
  spoken: spokenSchema.nullable(),
  changedBy: actorSchema,
  changedMs: instantMsSchema,
});
export type Pronunciation = z.infer<typeof pronunciationSchema>;
