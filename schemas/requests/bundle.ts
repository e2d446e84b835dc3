import * as z from 'zod';
import { MAX_BUNDLE_SPEAKERS } from '../bundle.ts';
import { idSchema } from '../primitives.ts';

/**
 * For whom a bundle is written: every enrolled speaker of a unit and of the units below it, or the
 * named ones, their ids with commas between them.
 */
export const bundleQuerySchema = z
  .object({
    unit: idSchema.optional(),
    speakers: z
      .string()
      .transform((text) => text.split(','))
      .pipe(z.array(idSchema).min(1).max(MAX_BUNDLE_SPEAKERS))
      .optional(),
  })
  .refine(({ unit, speakers }) => (unit === undefined) !== (speakers === undefined), {
    path: ['unit'],
    message: 'unit | speakers',
  });
export type BundleQuery = z.output<typeof bundleQuerySchema>;
