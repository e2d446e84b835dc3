import * as z from 'zod';
import { hotlineSchema, phoneNumberSchema } from '../entities/hotline.ts';

/**
 * The number that is read for `key` in `unit` from now on; null: there is none any more. With
 * `holdBack` what is on the air and says another number falls silent at once; else it goes on until
 * the version with the right one is released. `seen`: the number that stood there when somebody began to
 * change it, null for none; where another one stands now, nothing is overwritten.
 */
export const setHotlineRequestSchema = hotlineSchema
  .pick({ key: true, kind: true, name: true, unit: true, number: true })
  .extend({
    holdBack: z.boolean().default(false),
    seen: hotlineSchema.shape.number.exactOptional(),
  });
export type SetHotlineRequest = z.infer<typeof setHotlineRequestSchema>;

/**
 * Beside the number that is taken away: whether what is on the air and says it falls silent at once, and
 * the number that was seen, the empty text for none.
 */
export const removeHotlineQuerySchema = z.object({
  holdBack: z
    .enum(['true', 'false'])
    .default('false')
    .transform((text) => text === 'true'),
  seen: z
    .literal('')
    .transform(() => null)
    .or(phoneNumberSchema)
    .exactOptional(),
});
