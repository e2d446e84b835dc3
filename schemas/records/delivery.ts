import * as z from 'zod';
import { envelopeSchema } from '../envelope.ts';

/** The most records one message carries, and one range asks for. */
export const MAX_RECORDS_PER_MESSAGE = 200;

/**
 * Records on their way to the server, ascending by sequence number, without a hole inside. `gap` is a
 * signed `LogGap`: what lies directly before the first of them is damaged on the speaker's disk.
 */
export const recordBatchSchema = z
  .object({
    records: z.array(envelopeSchema).min(1).max(MAX_RECORDS_PER_MESSAGE),
    gap: envelopeSchema.optional(),
  })
  .meta({ id: 'RecordBatch' });
export type RecordBatch = z.infer<typeof recordBatchSchema>;

/** Everything up to and including `upTo` is stored; 0 says that nothing is. */
export const recordAckSchema = z.object({ upTo: z.int().min(0) }).meta({ id: 'RecordAck' });
export type RecordAck = z.infer<typeof recordAckSchema>;

/** The server misses `from` to `to`, both included. */
export const recordRangeSchema = z
  .object({ from: z.int().min(1), to: z.int().min(1) })
  .refine((range) => range.to >= range.from && range.to - range.from < MAX_RECORDS_PER_MESSAGE)
  .meta({ id: 'RecordRange' });
export type RecordRange = z.infer<typeof recordRangeSchema>;
