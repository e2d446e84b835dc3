import { Hono } from 'hono';
import { setSiteSettingsRequestSchema } from '#schemas/requests/airtime.ts';
import { setFourEyesRequestSchema } from '#schemas/requests/site.ts';
import type { ServerPorts } from '../../ports/server-ports.ts';
import { draftSiteSettings } from '../../services/draft-site-settings.ts';
import { setFourEyes } from '../../services/set-four-eyes.ts';
import { setSiteSettings } from '../../services/set-site-settings.ts';
import { readSiteSettings } from '../../services/site-settings.ts';
import type { AppEnv } from '../app-env.ts';
import { jsonLimit } from '../json-limit.ts';
import { accepted } from '../problem-response.ts';
import { validate } from '../validate.ts';
import { signedIn, userToActor } from '../who.ts';

/** What plans and speakers of the site keep to where no rule and no cap says more. */
export const createSettingsRoutes = (ports: ServerPorts) =>
  new Hono<AppEnv>()
    .get('/settings', signedIn(ports), async (context) =>
      context.json(await readSiteSettings(ports.store)),
    )
    .post(
      '/settings/check',
      signedIn(ports, 'administrator'),
      jsonLimit,
      validate('json', setSiteSettingsRequestSchema),
      async (context) => context.json(await draftSiteSettings(ports, context.req.valid('json'))),
    )
    .post(
      '/settings',
      signedIn(ports, 'administrator'),
      jsonLimit,
      validate('json', setSiteSettingsRequestSchema),
      async (context) => {
        const actor = userToActor(context.get('user'));
        const set = await setSiteSettings(ports, actor, context.req.valid('json'));
        return context.json(accepted(set), 201);
      },
    )
    .post(
      '/settings/four-eyes',
      signedIn(ports, 'approver', 'administrator'),
      jsonLimit,
      validate('json', setFourEyesRequestSchema),
      async (context) => {
        const actor = userToActor(context.get('user'));
        const set = await setFourEyes(ports, actor, context.req.valid('json').fourEyes);
        return context.json(accepted(set));
      },
    );
