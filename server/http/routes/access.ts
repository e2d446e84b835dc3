import { Hono } from 'hono';
import {
  changePasswordRequestSchema,
  createUserRequestSchema,
  signInRequestSchema,
} from '#schemas/requests/access.ts';
import type { ServerPorts } from '../../ports/server-ports.ts';
import { changePassword } from '../../services/change-password.ts';
import { createUser, userToView } from '../../services/create-user.ts';
import type { AppEnv } from '../app-env.ts';
import { addressOf } from '../caller.ts';
import { jsonLimit } from '../json-limit.ts';
import { accepted } from '../problem-response.ts';
import { validate } from '../validate.ts';
import { signedIn, signedInAtAll, userToActor } from '../who.ts';

/** Signing in and out, one's own password, and people. */
export const createAccessRoutes = (ports: ServerPorts) =>
  new Hono<AppEnv>()
    .post('/sign-in', jsonLimit, validate('json', signInRequestSchema), async (context) => {
      const credentials = { ...context.req.valid('json'), address: addressOf(context, ports) };
      const { token, cookies, user } = accepted(await ports.accounts.signIn(credentials));
      for (const cookie of cookies) context.header('set-cookie', cookie, { append: true });
      return context.json({ token, user });
    })
    .post('/sign-out', async (context) => {
      await ports.accounts.signOut(context.req.raw.headers);
      return context.json({});
    })
    .get('/me', signedInAtAll(ports), (context) => context.json(context.get('user')))
    .post(
      '/password',
      signedInAtAll(ports),
      jsonLimit,
      validate('json', changePasswordRequestSchema),
      async (context) => {
        const change = { ...context.req.valid('json'), address: addressOf(context, ports) };
        const changed = await changePassword(ports, context.get('user'), change);
        const { token, cookies, user } = accepted(changed);
        for (const cookie of cookies) context.header('set-cookie', cookie, { append: true });
        return context.json({ token, user });
      },
    )
    .get('/users', signedIn(ports, 'administrator'), async (context) =>
      context.json((await ports.store.users()).map(userToView)),
    )
    .post(
      '/users',
      signedIn(ports, 'administrator'),
      jsonLimit,
      validate('json', createUserRequestSchema),
      async (context) => {
        const actor = userToActor(context.get('user'));
        const created = await createUser(ports, actor, context.req.valid('json'));
        return context.json(accepted(created), 201);
      },
    );
