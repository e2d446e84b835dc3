import * as z from 'zod';
import { excuseSchema, historyCorrectionSchema } from '../airtime.ts';
import { askedDaySchema, idSchema, severalLines } from '../primitives.ts';

const MAX_REASON = 500;
const MAX_EXCUSED = 500;

/** A reason for the period of a rule that begins on `periodFrom`, for each of the speakers. */
export const acceptExcuseRequestSchema = z.object({
  rule: excuseSchema.shape.rule,
  speakers: z.array(idSchema).min(1).max(MAX_EXCUSED),
  periodFrom: askedDaySchema,
  reason: severalLines(MAX_REASON),
});
export type AcceptExcuseRequest = z.infer<typeof acceptExcuseRequestSchema>;

/** What the unit history should have said of days past, both included. */
export const correctHistoryRequestSchema = historyCorrectionSchema
  .pick({ speaker: true, unit: true, belonged: true })
  .extend({ from: askedDaySchema, to: askedDaySchema, reason: severalLines(MAX_REASON) })
  .refine(({ from, to }) => from <= to, { path: ['to'], message: 'endsBeforeStart' });
export type CorrectHistoryRequest = z.infer<typeof correctHistoryRequestSchema>;

/** Locks the week, Monday to Sunday, that holds `day`. */
export const lockWeekRequestSchema = z.object({ day: askedDaySchema });
export type LockWeekRequest = z.infer<typeof lockWeekRequestSchema>;
