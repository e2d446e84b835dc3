import { Hono } from 'hono';
import {
  createCampaignRequestSchema,
  createDirectiveRequestSchema,
  setCapRequestSchema,
  setProgrammeRequestSchema,
  setRuleRequestSchema,
} from '#schemas/requests/airtime.ts';
import type { ServerPorts } from '../../ports/server-ports.ts';
import { createCampaign } from '../../services/create-campaign.ts';
import { createDirective } from '../../services/create-directive.ts';
import { draftCap } from '../../services/draft-cap.ts';
import { draftProgramme } from '../../services/draft-programme.ts';
import { draftRule } from '../../services/draft-rule.ts';
import { setCap } from '../../services/set-cap.ts';
import { setProgramme } from '../../services/set-programme.ts';
import { setRule } from '../../services/set-rule.ts';
import type { AppEnv } from '../app-env.ts';
import { jsonLimit } from '../json-limit.ts';
import { accepted } from '../problem-response.ts';
import { validate } from '../validate.ts';
import { signedIn, userToActor } from '../who.ts';

/**
 * What orders airtime and what forbids it. Whoever airs does not set what is owed: rules are for
 * approvers and administrators, as are fixed programmes and caps; quiet hours are made
 * shorter by approvers only.
 */
export const createAirtimeRoutes = (ports: ServerPorts) => {
  const enters = signedIn(ports, 'operator', 'approver', 'administrator');
  const rules = signedIn(ports, 'approver', 'administrator');
  const caps = signedIn(ports, 'approver', 'administrator');
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
    .post('/rules', rules, jsonLimit, validate('json', setRuleRequestSchema), async (context) => {
      const actor = userToActor(context.get('user'));
      const set = await setRule(ports, actor, context.req.valid('json'));
      return context.json(accepted(set), 201);
    })
    .post(
      '/rules/check',
      rules,
      jsonLimit,
      validate('json', setRuleRequestSchema),
      async (context) => context.json(accepted(await draftRule(ports, context.req.valid('json')))),
    )
    .get('/caps', reads, async (context) => context.json(await store.caps()))
    .post('/caps/check', caps, jsonLimit, validate('json', setCapRequestSchema), async (context) =>
      context.json(accepted(await draftCap(ports, context.req.valid('json')))),
    )
    .post('/caps', caps, jsonLimit, validate('json', setCapRequestSchema), async (context) => {
      const actor = userToActor(context.get('user'));
      const set = await setCap(ports, actor, context.req.valid('json'));
      return context.json(accepted(set), 201);
    })
    .get('/programmes', reads, async (context) => context.json(await store.programmes()))
    .post(
      '/programmes/check',
      rules,
      jsonLimit,
      validate('json', setProgrammeRequestSchema),
      async (context) =>
        context.json(accepted(await draftProgramme(ports, context.req.valid('json')))),
    )
    .post(
      '/programmes',
      rules,
      jsonLimit,
      validate('json', setProgrammeRequestSchema),
      async (context) => {
        const actor = userToActor(context.get('user'));
        const set = await setProgramme(ports, actor, context.req.valid('json'));
        return context.json(accepted(set), 201);
      },
    );
};
