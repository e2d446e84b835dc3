import type { Env, MiddlewareHandler, ValidationTargets } from 'hono';
import { validator } from 'hono/validator';
import type * as z from 'zod';
import { RequestRefused } from './problem-response.ts';

type Validation<T extends keyof ValidationTargets, S extends z.ZodType> = {
  in: { [K in T]: z.input<S> };
  out: { [K in T]: z.output<S> };
};

/**
 * Lets a request through when `schema` takes its body, query or path; else it is refused with
 * `requestInvalid` and every mistake. It throws, so that the client's types know of successes only.
 */
export const validate = <
  T extends keyof ValidationTargets,
  S extends z.ZodType,
  E extends Env,
  P extends string,
>(
  target: T,
  schema: S,
): MiddlewareHandler<E, P, Validation<T, S>> => {
  const check = validator(target, (value) => {
    const parsed = schema.safeParse(value);
    if (parsed.success) return parsed.data;
    const issues = parsed.error.issues.map(({ path, message }) => ({
      path: path.join('.'),
      issue: message,
    }));
    throw new RequestRefused({ code: 'requestInvalid', issues });
  });
  // The validator gives the client the type of what comes out; a caller may leave out defaults.
  return check as unknown as MiddlewareHandler<E, P, Validation<T, S>>;
};
