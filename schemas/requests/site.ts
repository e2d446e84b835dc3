import * as z from 'zod';
import { unitSchema } from '../entities/site.ts';
import { limitsSchema } from '../limits.ts';
import { idSchema, localDaySchema, shortText, volumeSchema } from '../primitives.ts';

/** `from` defaults to today. */
export const createUnitRequestSchema = z.object({
  parent: idSchema.nullable(),
  level: unitSchema.shape.level,
  name: shortText(120),
  from: localDaySchema.optional(),
});
export type CreateUnitRequest = z.infer<typeof createUnitRequestSchema>;

const DEFAULT_VOLUME = 80;

export const createSpeakerRequestSchema = z.object({
  unit: idSchema,
  name: shortText(120),
  volume: volumeSchema.default(DEFAULT_VOLUME),
});
export type CreateSpeakerRequest = z.infer<typeof createSpeakerRequestSchema>;

/** Whether who made a bulletin is kept from releasing it. Given up it is an approver's deed. */
export const setFourEyesRequestSchema = z.object({ fourEyes: z.boolean() });

/** What is left out stays as it is. Made looser it is an approver's deed. */
export const setSiteLimitsRequestSchema = limitsSchema
  .pick({ maxVolume: true, maxContinuousMin: true })
  .partial();
export type SetSiteLimitsRequest = z.infer<typeof setSiteLimitsRequestSchema>;
