import { Hono } from 'hono';
import {
  createCampaignRequestSchema,
  createDirectiveRequestSchema,
  setCapRequestSchema,
  setRuleRequestSchema,
} from '#schemas/requests/airtime.ts';
import type { ServerPorts } from '../../ports/server-ports.ts';
import { createCampaign } from '../../services/create-campaign.ts';
import { createDirective } from '../../services/create-directive.ts';
import { setCap } from '../../services/set-cap.ts';
import { setRule } from '../../services/set-rule.ts';
import type { AppEnv } from '../app-env.ts';
import { jsonLimit } from '../json-limit.ts';
import { accepted } from '../problem-response.ts';
import { validate } from '../validate.ts';
import { signedIn, userToActor } from '../who.ts';

/** What orders airtime and what forbids it. */
export const createAirtimeRoutes = (ports: ServerPorts) => {
  const enters = signedIn(ports, 'operator', 'administrator');
  const reads = signedIn(ports);
  const { store } = ports;
  return new Hono<AppEnv>()
    .get('/directives', reads, async (context) => context.json(await store.directives()))
    .post(
      '/directives',
      enters,
      jsonLimit,
      validate('json', createDirectiveRequestSchema),
      async (context) => {
        const actor = userToActor(context.get('user'));
        const created = await createDirective(ports, actor, context.req.valid('json'));
        return context.json(accepted(created), 201);
      },
    )
    .get('/campaigns', reads, async (context) => context.json(await store.campaigns()))
    .post(
      '/campaigns',
      enters,
      jsonLimit,
      validate('json', createCampaignRequestSchema),
      async (context) => {
        const actor = userToActor(context.get('user'));
        const created = await createCampaign(ports, actor, context.req.valid('json'));
        return context.json(accepted(created), 201);
      },
    )
    .get('/rules', reads, async (context) => context.json(await store.rules()))
    .post('/rules', enters, jsonLimit, validate('json', setRuleRequestSchema), async (context) => {
      const actor = userToActor(context.get('user'));
      const set = await setRule(ports, actor, context.req.valid('json'));
      return context.json(accepted(set), 201);
    })
    .get('/caps', reads, async (context) => context.json(await store.caps()))
    .post(
      '/caps',
      signedIn(ports, 'administrator'),
      jsonLimit,
      validate('json', setCapRequestSchema),
      async (context) => {
        const actor = userToActor(context.get('user'));
        const set = await setCap(ports, actor, context.req.valid('json'));
        return context.json(accepted(set), 201);
      },
    );
};
