import { Readable } from 'node:stream';
import { Hono } from 'hono';
import { makingChoicesSchema } from '#schemas/making.ts';
import type { ServerPorts } from '../../ports/server-ports.ts';
import { previewBulletin, remakeBulletin } from '../../services/remake-bulletin.ts';
import type { AppEnv } from '../app-env.ts';
import { idPathSchema } from '../id-path.ts';
import { jsonLimit } from '../json-limit.ts';
import { accepted, RequestRefused } from '../problem-response.ts';
import { validate } from '../validate.ts';
import { signedIn, userToActor } from '../who.ts';

const makingOf = async ({ store }: Pick<ServerPorts, 'store'>, id: string) => {
  const bulletin = await store.bulletinById(id);
  if (bulletin === undefined) throw new RequestRefused({ code: 'notFound', what: 'bulletin', id });
  return store.makingOf(bulletin);
};

/** How the clip of a bulletin was made from what was brought, and how it is made otherwise. */
export const createMakingRoutes = (ports: ServerPorts) => {
  const operates = signedIn(ports, 'operator');
  return new Hono<AppEnv>()
    .get('/:id/making', signedIn(ports), validate('param', idPathSchema), async (context) =>
      context.json((await makingOf(ports, context.req.valid('param').id)) ?? null),
    )
    .get('/:id/original', operates, validate('param', idPathSchema), async (context) => {
      const original = (await makingOf(ports, context.req.valid('param').id))?.original;
      if (!original) throw new RequestRefused({ code: 'originalMissing' });
      const bytes = accepted(await ports.clips.open(original.sha256));
      return new Response(Readable.toWeb(bytes), {
        headers: {
          'content-type': 'application/octet-stream',
          'content-disposition': `attachment; filename="${original.sha256}"`,
          'content-length': `${original.bytes}`,
          'cache-control': 'private, no-cache',
        },
      });
    })
    .post(
      '/:id/making/preview',
      operates,
      validate('param', idPathSchema),
      jsonLimit,
      validate('json', makingChoicesSchema),
      async (context) => {
        const request = { ...context.req.valid('param'), choices: context.req.valid('json') };
        return context.json(accepted(await previewBulletin(ports, request)));
      },
    )
    .post(
      '/:id/making',
      operates,
      validate('param', idPathSchema),
      jsonLimit,
      validate('json', makingChoicesSchema),
      async (context) => {
        const actor = userToActor(context.get('user'));
        const request = { ...context.req.valid('param'), choices: context.req.valid('json') };
        return context.json(accepted(await remakeBulletin(ports, actor, request)));
      },
    );
};
