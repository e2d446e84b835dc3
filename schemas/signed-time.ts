import * as z from 'zod';
import { idSchema, instantMsSchema, siteSlugSchema } from './primitives.ts';

/** 16 random bytes in lower-case hexadecimal, made afresh for each question. */
export const nonceSchema = z.string().regex(/^[0-9a-f]{32}$/);

/** A speaker asks for the time. */
export const timeQuestionSchema = z.object({ nonce: nonceSchema }).meta({ id: 'TimeQuestion' });
export type TimeQuestion = z.infer<typeof timeQuestionSchema>;

/**
 * The server's signed answer: true at `serverMs`, somewhere between the question's sending and the
 * answer's arrival. Whoever owns the broker can delay or drop it, not shift it.
 * Source: DESIGN.md, contracts, time.
 */
export const timeAnswerSchema = z
  .object({
    v: z.literal(1),
    site: siteSlugSchema,
    speaker: idSchema,
    nonce: nonceSchema,
    serverMs: instantMsSchema,
  })
  .meta({ id: 'TimeAnswer' });
export type TimeAnswer = z.infer<typeof timeAnswerSchema>;
