import { Hono } from 'hono';
import { removeHotlineQuerySchema, setHotlineRequestSchema } from '#schemas/requests/hotline.ts';
import type { ServerPorts } from '../../ports/server-ports.ts';
import { describeBulletinNumbers } from '../../services/describe-bulletin-numbers.ts';
import { removeHotline } from '../../services/remove-hotline.ts';
import { setHotline } from '../../services/set-hotline.ts';
import type { AppEnv } from '../app-env.ts';
import { idPathSchema } from '../id-path.ts';
import { jsonLimit } from '../json-limit.ts';
import { accepted } from '../problem-response.ts';
import { validate } from '../validate.ts';
import { signedIn, userToActor } from '../who.ts';

/** The telephone numbers that scripts ask for. */
export const createHotlineRoutes = (ports: ServerPorts) =>
  new Hono<AppEnv>()
    .get('/', signedIn(ports), async (context) => context.json(await ports.store.hotlines()))
    .get('/uses', signedIn(ports), async (context) =>
      context.json(await describeBulletinNumbers(ports)),
    )
    .put(
      '/',
      signedIn(ports, 'operator'),
      jsonLimit,
      validate('json', setHotlineRequestSchema),
      async (context) => {
        const actor = userToActor(context.get('user'));
        const set = await setHotline(ports, actor, context.req.valid('json'));
        return context.json(accepted(set));
      },
    )
    .delete(
      '/:id',
      signedIn(ports, 'operator'),
      validate('param', idPathSchema),
      validate('query', removeHotlineQuerySchema),
      async (context) => {
        const removal = { ...context.req.valid('param'), ...context.req.valid('query') };
        const actor = userToActor(context.get('user'));
        return context.json(accepted(await removeHotline(ports, actor, removal)));
      },
    );
