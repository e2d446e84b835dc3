import * as z from 'zod';
import { idSchema, instantMsSchema } from '../primitives.ts';
import { actorSchema } from './bulletin.ts';

/** Where an ident stands: it opens a session (`ident`) or closes it (`closing`). */
export const identRoleSchema = z.enum(['ident', 'closing']);
export type IdentRole = z.infer<typeof identRoleSchema>;

/**
 * What opens or closes the sessions of a unit and of everything below it that has none of its own;
 * `unit` null: of the whole site. `bulletin` is the first version of the bulletin whose released
 * version sounds; null: the unit has none of its own any more. What is not released, not valid or not
 * meant for the unit does not sound, and the next level up does instead. Source: issue 6, 5; ADR 0027.
 */
export const identSchema = z.object({
  role: identRoleSchema,
  unit: idSchema.nullable(),
  bulletin: idSchema.nullable(),
  changedBy: actorSchema,
  changedMs: instantMsSchema,
});
export type Ident = z.infer<typeof identSchema>;
