import { csrf } from 'hono/csrf';
import { createMiddleware } from 'hono/factory';
import type { ServerPorts } from '../ports/server-ports.ts';
import type { AppEnv } from './app-env.ts';

/**
 * Refuses what another site makes a browser send with our cookie. Ours is where the request arrived,
 * and the public address, which differs behind a proxy. Callers without a cookie carry a token of
 * their own and cannot be made to.
 */
export const sameOrigin = ({ addresses }: Pick<ServerPorts, 'addresses'>) => {
  const check = csrf({
    origin: (origin, { req }) =>
      [req.url, addresses.httpUrl].some((url) => URL.parse(url)?.origin === origin),
  });
  return createMiddleware<AppEnv>((context, next) =>
    context.req.header('cookie') === undefined ? next() : check(context, next),
  );
};
