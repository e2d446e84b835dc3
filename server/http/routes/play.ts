import { Hono } from 'hono';
import { plansQuerySchema } from '#schemas/requests/evidence.ts';
import { playNowRequestSchema, stopPlayingRequestSchema } from '#schemas/requests/play.ts';
import type { ServerPorts } from '../../ports/server-ports.ts';
import { describePlans } from '../../services/describe-plans.ts';
import { playNow } from '../../services/play-now.ts';
import { stopPlaying } from '../../services/stop-playing.ts';
import type { AppEnv } from '../app-env.ts';
import { jsonLimit } from '../json-limit.ts';
import { accepted } from '../problem-response.ts';
import { validate } from '../validate.ts';
import { signedIn, userToActor } from '../who.ts';

/** What speakers are to play: by plan, and by hand. */
export const createPlayRoutes = (ports: ServerPorts) =>
  new Hono<AppEnv>()
    .get('/plans', signedIn(ports), validate('query', plansQuerySchema), async (context) =>
      context.json(accepted(await describePlans(ports, context.req.valid('query')))),
    )
    .post(
      '/play',
      signedIn(ports, 'operator'),
      jsonLimit,
      validate('json', playNowRequestSchema),
      async (context) => {
        const actor = userToActor(context.get('user'));
        const played = await playNow(ports, actor, context.req.valid('json'));
        return context.json(accepted(played), 201);
      },
    )
    .post(
      '/stop',
      signedIn(ports, 'operator'),
      jsonLimit,
      validate('json', stopPlayingRequestSchema),
      async (context) => {
        const actor = userToActor(context.get('user'));
        const stopped = await stopPlaying(ports, actor, context.req.valid('json'));
        return context.json(accepted(stopped), 201);
      },
    );
