import { csrf } from 'hono/csrf';
import { createMiddleware } from 'hono/factory';
import type { AppEnv } from './app-env.ts';

const check = csrf();

/**
 * Refuses what another site makes a browser send with our cookie. Callers without a cookie carry a
 * token of their own and cannot be made to.
 */
export const sameOrigin = createMiddleware<AppEnv>((context, next) =>
  context.req.header('cookie') === undefined ? next() : check(context, next),
);
