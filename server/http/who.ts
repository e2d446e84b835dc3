import { createMiddleware } from 'hono/factory';
import type { Actor } from '#schemas/entities/bulletin.ts';
import { staffRoles, type UserRole } from '#schemas/entities/site.ts';
import type { SignedInUser } from '../ports/accounts.ts';
import type { ServerPorts } from '../ports/server-ports.ts';
import type { SignedInEnv } from './app-env.ts';
import { RequestRefused } from './problem-response.ts';

/** Lets signed-in people through, also those who must change their password first. */
export const signedInAtAll = ({ accounts }: Pick<ServerPorts, 'accounts'>) =>
  createMiddleware<SignedInEnv>(async (context, next) => {
    const user = await accounts.userOf(context.req.raw.headers);
    if (user === undefined) throw new RequestRefused({ code: 'notSignedIn' });
    context.set('user', user);
    await next();
  });

/**
 * Lets signed-in people through who have set a password of their own and have one of the roles; with
 * no role named, everybody who works at the site, but nobody who is only the head of a village.
 */
export const signedIn = (
  { accounts }: Pick<ServerPorts, 'accounts'>,
  ...roles: readonly UserRole[]
) =>
  createMiddleware<SignedInEnv>(async (context, next) => {
    const user = await accounts.userOf(context.req.raw.headers);
    if (user === undefined) throw new RequestRefused({ code: 'notSignedIn' });
    if (user.passwordChangeRequired) throw new RequestRefused({ code: 'passwordChangeRequired' });
    const wanted = roles.length > 0 ? roles : staffRoles;
    if (!wanted.some((role) => user.roles.includes(role))) {
      throw new RequestRefused({ code: 'notAllowed', needs: wanted.join(', ') });
    }
    context.set('user', user);
    await next();
  });

/** The user as the actor of the audit. */
export const userToActor = (user: SignedInUser): Actor => ({ kind: 'user', id: user.id });
