import type * as z from 'zod';
import { hotlineSchema } from '../entities/hotline.ts';

/** The number that is read for `key` in `unit` from now on; null: there is none any more. */
export const setHotlineRequestSchema = hotlineSchema.pick({
  key: true,
  kind: true,
  name: true,
  unit: true,
  number: true,
});
export type SetHotlineRequest = z.infer<typeof setHotlineRequestSchema>;
