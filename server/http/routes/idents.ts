import { Hono } from 'hono';
import { setIdentRequestSchema } from '#schemas/requests/ident.ts';
import type { ServerPorts } from '../../ports/server-ports.ts';
import { describeIdents } from '../../services/describe-idents.ts';
import { setIdent } from '../../services/set-ident.ts';
import type { AppEnv } from '../app-env.ts';
import { jsonLimit } from '../json-limit.ts';
import { accepted } from '../problem-response.ts';
import { validate } from '../validate.ts';
import { signedIn, userToActor } from '../who.ts';

/** What opens and closes the sessions of each unit. */
export const createIdentRoutes = (ports: ServerPorts) =>
  new Hono<AppEnv>()
    .get('/', signedIn(ports), async (context) => context.json(await describeIdents(ports)))
    .put(
      '/',
      signedIn(ports, 'operator'),
      jsonLimit,
      validate('json', setIdentRequestSchema),
      async (context) => {
        const actor = userToActor(context.get('user'));
        return context.json(accepted(await setIdent(ports, actor, context.req.valid('json'))));
      },
    );
