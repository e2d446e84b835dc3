import { Hono } from 'hono';
import type { ServerPorts } from '../../ports/server-ports.ts';
import { describeReadiness } from '../../services/describe-readiness.ts';
import type { AppEnv } from '../app-env.ts';
import { signedIn } from '../who.ts';

/** Whether speakers have what they need, and know what was withdrawn. */
export const createReadinessRoutes = (ports: ServerPorts) =>
  new Hono<AppEnv>().get('/readiness', signedIn(ports), async (context) =>
    context.json(await describeReadiness(ports)),
  );
