import * as z from 'zod';
import { hotlineSchema } from '../entities/hotline.ts';

/**
 * The number that is read for `key` in `unit` from now on; null: there is none any more. With
 * `holdBack` what is on the air and says another number falls silent at once; else it goes on until
 * the version with the right one is released.
 */
export const setHotlineRequestSchema = hotlineSchema
  .pick({ key: true, kind: true, name: true, unit: true, number: true })
  .extend({ holdBack: z.boolean().default(false) });
export type SetHotlineRequest = z.infer<typeof setHotlineRequestSchema>;

/** Beside the number that is taken away: whether what is on the air and says it falls silent at once. */
export const removeHotlineQuerySchema = z.object({
  holdBack: z
    .enum(['true', 'false'])
    .default('false')
    .transform((text) => text === 'true'),
});
