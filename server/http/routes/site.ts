import { Hono } from 'hono';
import { enrolmentRequestSchema } from '#schemas/enrolment.ts';
import { userRoleSchema } from '#schemas/entities/site.ts';
import { listQuerySchema } from '#schemas/requests/list.ts';
import {
  createSpeakerRequestSchema,
  createUnitRequestSchema,
  setSiteLimitsRequestSchema,
} from '#schemas/requests/site.ts';
import type { ServerPorts } from '../../ports/server-ports.ts';
import { MAX_LIST } from '../../ports/store.ts';
import { createSpeaker } from '../../services/create-speaker.ts';
import { createUnit } from '../../services/create-unit.ts';
import { describeLimitsApproval } from '../../services/describe-limits-approval.ts';
import { enrolSpeaker } from '../../services/enrol-speaker.ts';
import { issueEnrolmentCode } from '../../services/issue-enrolment-code.ts';
import { knownSite } from '../../services/known-site.ts';
import { setSiteLimits } from '../../services/set-site-limits.ts';
import { readSiteLimits } from '../../services/site-limits.ts';
import type { AppEnv } from '../app-env.ts';
import { failedTriesLimit } from '../failed-tries-limit.ts';
import { idPathSchema } from '../id-path.ts';
import { jsonLimit } from '../json-limit.ts';
import { accepted } from '../problem-response.ts';
import { validate } from '../validate.ts';
import { signedIn, userToActor } from '../who.ts';

/** The site, its units, speakers and audit, and how machines become speakers. */
export const createSiteRoutes = (ports: ServerPorts) =>
  new Hono<AppEnv>()
    .get('/site', signedIn(ports, ...userRoleSchema.options), async (context) =>
      context.json(await knownSite(ports.store)),
    )
    .get('/units', signedIn(ports), validate('query', listQuerySchema), async (context) =>
      context.json(await ports.store.units(context.req.valid('query'))),
    )
    .post(
      '/units',
      signedIn(ports, 'administrator'),
      jsonLimit,
      validate('json', createUnitRequestSchema),
      async (context) => {
        const actor = userToActor(context.get('user'));
        const created = await createUnit(ports, actor, context.req.valid('json'));
        return context.json(accepted(created), 201);
      },
    )
    .get('/speakers', signedIn(ports), validate('query', listQuerySchema), async (context) =>
      context.json(await ports.store.speakers(context.req.valid('query'))),
    )
    .post(
      '/speakers',
      signedIn(ports, 'administrator'),
      jsonLimit,
      validate('json', createSpeakerRequestSchema),
      async (context) => {
        const actor = userToActor(context.get('user'));
        const created = await createSpeaker(ports, actor, context.req.valid('json'));
        return context.json(accepted(created), 201);
      },
    )
    .post(
      '/speakers/:id/code',
      signedIn(ports, 'administrator'),
      validate('param', idPathSchema),
      async (context) => {
        const actor = userToActor(context.get('user'));
        const issued = await issueEnrolmentCode(ports, actor, context.req.valid('param').id);
        return context.json(accepted(issued), 201);
      },
    )
    .get('/limits', signedIn(ports), async (context) =>
      context.json((await readSiteLimits(ports.store)).limits),
    )
    .get('/limits/approval', signedIn(ports), async (context) =>
      context.json(await describeLimitsApproval(ports)),
    )
    .post(
      '/limits',
      signedIn(ports, 'approver', 'administrator'),
      jsonLimit,
      validate('json', setSiteLimitsRequestSchema),
      async (context) => {
        const actor = userToActor(context.get('user'));
        const set = await setSiteLimits(ports, actor, context.req.valid('json'));
        return context.json(accepted(set), 201);
      },
    )
    .get('/audit', signedIn(ports, 'inspector', 'administrator'), async (context) =>
      context.json(await ports.store.audit(MAX_LIST)),
    )
    .post(
      '/enrol',
      failedTriesLimit(ports),
      jsonLimit,
      validate('json', enrolmentRequestSchema),
      async (context) => {
        const reached = ports.addresses.reachedAt(context.req.url);
        const granted = await enrolSpeaker(ports, { request: context.req.valid('json'), reached });
        return context.json(accepted(granted), 201);
      },
    );
