import { Readable } from 'node:stream';
import { Hono } from 'hono';
import { bundleQuerySchema } from '#schemas/requests/bundle.ts';
import type { ServerPorts } from '../../ports/server-ports.ts';
import { takeStickLog } from '../../services/take-stick-log.ts';
import { writeBundle } from '../../services/write-bundle.ts';
import type { AppEnv } from '../app-env.ts';
import { accepted } from '../problem-response.ts';
import { requestToUpload } from '../request-to-upload.ts';
import { validate } from '../validate.ts';
import { signedIn, userToActor } from '../who.ts';

/** Bundles for USB sticks, and the logs that come back on them. */
export const createBundleRoutes = (ports: ServerPorts) => {
  const carries = signedIn(ports, 'operator', 'administrator');
  return new Hono<AppEnv>()
    .get('/', carries, validate('query', bundleQuerySchema), async (context) => {
      const actor = userToActor(context.get('user'));
      const written = accepted(await writeBundle(ports, actor, context.req.valid('query')));
      const { fileName, bytes, parts } = written;
      return new Response(Readable.toWeb(Readable.from(parts, { objectMode: false })), {
        headers: {
          'content-type': 'application/x-tar',
          'content-length': `${bytes}`,
          'content-disposition': `attachment; filename="${fileName}"`,
          'cache-control': 'no-store',
        },
      });
    })
    .post('/logs', carries, async (context) => {
      const actor = userToActor(context.get('user'));
      const taken = await takeStickLog(ports, actor, requestToUpload(context.req.raw));
      return context.json(accepted(taken), 201);
    });
};
