import { Hono } from 'hono';
import { sendEmergencyRequestSchema } from '#schemas/requests/emergency.ts';
import type { ServerPorts } from '../../ports/server-ports.ts';
import { cancelEmergency } from '../../services/cancel-emergency.ts';
import { describeEmergencies, describeEmergency } from '../../services/describe-emergencies.ts';
import { sendEmergency } from '../../services/send-emergency.ts';
import type { AppEnv } from '../app-env.ts';
import { idPathSchema } from '../id-path.ts';
import { jsonLimit } from '../json-limit.ts';
import { accepted } from '../problem-response.ts';
import { validate } from '../validate.ts';
import { signedIn, userToActor } from '../who.ts';

/** What sounds at once: who may release bulletins or keeps the site may send and cancel it. */
export const createEmergencyRoutes = (ports: ServerPorts) => {
  const sends = signedIn(ports, 'approver', 'administrator');
  return new Hono<AppEnv>()
    .get('/', signedIn(ports), async (context) => context.json(await describeEmergencies(ports)))
    .get('/:id', signedIn(ports), validate('param', idPathSchema), async (context) =>
      context.json(accepted(await describeEmergency(ports, context.req.valid('param').id))),
    )
    .post('/', sends, jsonLimit, validate('json', sendEmergencyRequestSchema), async (context) => {
      const actor = userToActor(context.get('user'));
      const sent = await sendEmergency(ports, actor, context.req.valid('json'));
      return context.json(accepted(sent), 201);
    })
    .post('/:id/cancel', sends, validate('param', idPathSchema), async (context) => {
      const actor = userToActor(context.get('user'));
      const cancelled = await cancelEmergency(ports, actor, context.req.valid('param').id);
      return context.json(accepted(cancelled), 201);
    });
};
