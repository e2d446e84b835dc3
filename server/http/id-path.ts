import * as z from 'zod';
import { idSchema } from '#schemas/primitives.ts';

/** The path parameter `:id`. */
export const idPathSchema = z.object({ id: idSchema });
