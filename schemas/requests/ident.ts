import type * as z from 'zod';
import { identSchema } from '../entities/ident.ts';

/**
 * What opens or closes the sessions of `unit` from the next plan on; null for the whole site.
 * `bulletin`: any version of a bulletin that is on the air; null: the unit has none of its own any
 * more, and has that of the next level up.
 */
export const setIdentRequestSchema = identSchema.pick({ role: true, unit: true, bulletin: true });
export type SetIdentRequest = z.infer<typeof setIdentRequestSchema>;
