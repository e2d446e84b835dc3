import { Hono } from 'hono';
import { setVolumeRequestSchema, upkeepRequestSchema } from '#schemas/requests/upkeep.ts';
import type { ServerPorts } from '../../ports/server-ports.ts';
import { askForLogs } from '../../services/ask-for-logs.ts';
import { restartSpeakers } from '../../services/restart-speakers.ts';
import { setVolume } from '../../services/set-volume.ts';
import type { AppEnv } from '../app-env.ts';
import { idPathSchema } from '../id-path.ts';
import { jsonLimit } from '../json-limit.ts';
import { accepted } from '../problem-response.ts';
import { validate } from '../validate.ts';
import { signedIn, userToActor } from '../who.ts';

/** What is done to speakers from afar that nobody hears at once. */
export const createUpkeepRoutes = (ports: ServerPorts) =>
  new Hono<AppEnv>()
    .post(
      '/restart',
      signedIn(ports, 'administrator'),
      jsonLimit,
      validate('json', upkeepRequestSchema),
      async (context) => {
        const actor = userToActor(context.get('user'));
        const restarted = await restartSpeakers(ports, actor, context.req.valid('json'));
        return context.json(accepted(restarted), 201);
      },
    )
    .post(
      '/ask-for-logs',
      signedIn(ports, 'administrator'),
      jsonLimit,
      validate('json', upkeepRequestSchema),
      async (context) => {
        const actor = userToActor(context.get('user'));
        const asked = await askForLogs(ports, actor, context.req.valid('json'));
        return context.json(accepted(asked), 201);
      },
    )
    .post(
      '/speakers/:id/volume',
      signedIn(ports, 'operator', 'administrator'),
      jsonLimit,
      validate('param', idPathSchema),
      validate('json', setVolumeRequestSchema),
      async (context) => {
        const actor = userToActor(context.get('user'));
        const { id: speaker } = context.req.valid('param');
        const set = await setVolume(ports, actor, { speaker, ...context.req.valid('json') });
        return context.json(accepted(set), 201);
      },
    );
