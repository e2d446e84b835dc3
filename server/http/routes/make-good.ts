import { Hono } from 'hono';
import {
  permitMakeGoodRequestSchema,
  setMakeGoodPolicyRequestSchema,
} from '#schemas/requests/make-good.ts';
import type { ServerPorts } from '../../ports/server-ports.ts';
import { readMakeGoodModes } from '../../services/make-good-modes.ts';
import { permitMakeGood } from '../../services/permit-make-good.ts';
import { setMakeGoodPolicy } from '../../services/set-make-good-policy.ts';
import type { AppEnv } from '../app-env.ts';
import { jsonLimit } from '../json-limit.ts';
import { accepted } from '../problem-response.ts';
import { validate } from '../validate.ts';
import { signedIn, userToActor } from '../who.ts';

/** Whether speakers repay what was missed, and which of it they may. */
export const createMakeGoodRoutes = (ports: ServerPorts) =>
  new Hono<AppEnv>()
    .get('/policy', signedIn(ports), async (context) =>
      context.json(await readMakeGoodModes(ports.store)),
    )
    .post(
      '/policy',
      signedIn(ports, 'administrator'),
      jsonLimit,
      validate('json', setMakeGoodPolicyRequestSchema),
      async (context) => {
        const actor = userToActor(context.get('user'));
        const set = await setMakeGoodPolicy(ports, actor, context.req.valid('json'));
        return context.json(accepted(set), 201);
      },
    )
    .post(
      '/permits',
      signedIn(ports, 'approver'),
      jsonLimit,
      validate('json', permitMakeGoodRequestSchema),
      async (context) => {
        const actor = userToActor(context.get('user'));
        const permitted = await permitMakeGood(ports, actor, context.req.valid('json'));
        return context.json(accepted(permitted), 201);
      },
    );
