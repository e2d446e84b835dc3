import * as z from 'zod';
import { makeGoodModeSchema } from '../make-good.ts';
import { idSchema } from '../primitives.ts';
import { sessionIdSchema } from '../session.ts';

/** Who repays by itself: `unit` null sets it for the site, `mode` null lets a unit follow those above. */
export const setMakeGoodPolicyRequestSchema = z.object({
  unit: idSchema.nullable().default(null),
  mode: makeGoodModeSchema.nullable(),
});
export type SetMakeGoodPolicyRequest = z.infer<typeof setMakeGoodPolicyRequestSchema>;

/** A session of today's plan that the speaker may repay. */
export const permitMakeGoodRequestSchema = z.object({
  speaker: idSchema,
  session: sessionIdSchema,
});
export type PermitMakeGoodRequest = z.infer<typeof permitMakeGoodRequestSchema>;
