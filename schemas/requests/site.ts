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

const siteBoundsSchema = limitsSchema.pick({ maxVolume: true, maxContinuousMin: true });

/**
 * What is left out stays as it is. Made looser it is an approver's deed. `seen`: the limits as they stood
 * when somebody began to change them; where others hold by now, nothing is changed.
 */
export const setSiteLimitsRequestSchema = siteBoundsSchema
  .partial()
  .extend({ seen: siteBoundsSchema.exactOptional() });
export type SetSiteLimitsRequest = z.infer<typeof setSiteLimitsRequestSchema>;
