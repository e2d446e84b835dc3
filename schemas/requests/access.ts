import * as z from 'zod';
import { userRoleSchema } from '../entities/site.ts';
import { idSchema, shortText } from '../primitives.ts';

/** How a person signs in: 3 to 30 letters, digits, dots and underscores; case does not matter. */
export const usernameSchema = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z0-9_.]{3,30}$/);

/** Far above any password; how short one may be is said by its own problem. */
const passwordSchema = z.string().max(1000);

export const signInRequestSchema = z.object({
  username: z.string().max(200),
  password: passwordSchema,
});

export const changePasswordRequestSchema = z.object({
  currentPassword: passwordSchema,
  newPassword: passwordSchema,
});

/** `unit`: the one that a village head is the head of; nobody else has one. */
export const createUserRequestSchema = z
  .object({
    username: usernameSchema,
    name: shortText(120),
    roles: z.array(userRoleSchema).min(1).max(userRoleSchema.options.length),
    unit: idSchema.nullable().default(null),
  })
  .refine(({ roles, unit }) => roles.includes('villageHead') === (unit !== null), {
    path: ['unit'],
  });
export type CreateUserRequest = z.infer<typeof createUserRequestSchema>;
