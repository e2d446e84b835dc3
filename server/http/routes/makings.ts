import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { Hono } from 'hono';
import { ENDING_HEAD_BYTES, fileEnding } from '#content/containers/file-ending.ts';
import { makingChoicesSchema } from '#schemas/making.ts';
import type { ServerPorts } from '../../ports/server-ports.ts';
import { previewBulletin, remakeBulletin } from '../../services/remake-bulletin.ts';
import type { AppEnv } from '../app-env.ts';
import { fileDisposition } from '../file-name.ts';
import { idPathSchema } from '../id-path.ts';
import { jsonLimit } from '../json-limit.ts';
import { accepted, RequestRefused } from '../problem-response.ts';
import { validate } from '../validate.ts';
import { signedIn, userToActor } from '../who.ts';

const bulletinOf = async ({ store }: Pick<ServerPorts, 'store'>, id: string) => {
  const bulletin = await store.bulletinById(id);
  if (bulletin === undefined) throw new RequestRefused({ code: 'notFound', what: 'bulletin', id });
  return bulletin;
};

/** A recording as it was brought, under the title of its bulletin. */
const sendOriginal = async (ports: ServerPorts, id: string): Promise<Response> => {
  const bulletin = await bulletinOf(ports, id);
  const original = (await ports.store.makingOf(bulletin))?.original;
  if (!original) throw new RequestRefused({ code: 'originalMissing' });
  const { sha256, bytes } = original;
  const to = Math.min(bytes, ENDING_HEAD_BYTES);
  const head = await buffer(accepted(await ports.clips.open(sha256, { from: 0, to })));
  const whole = accepted(await ports.clips.open(sha256));
  return new Response(Readable.toWeb(whole), {
    headers: {
      'content-type': 'application/octet-stream',
      'content-disposition': fileDisposition(bulletin.title, fileEnding(head)),
      'content-length': `${bytes}`,
      'cache-control': 'private, no-cache',
    },
  });
};

/** How the clip of a bulletin was made from what was brought, and how it is made otherwise. */
export const createMakingRoutes = (ports: ServerPorts) => {
  const operates = signedIn(ports, 'operator');
  return new Hono<AppEnv>()
    .get('/:id/making', signedIn(ports), validate('param', idPathSchema), async (context) =>
      context.json(
        (await ports.store.makingOf(await bulletinOf(ports, context.req.valid('param').id))) ??
          null,
      ),
    )
    .get('/:id/original', operates, validate('param', idPathSchema), (context) =>
      sendOriginal(ports, context.req.valid('param').id),
    )
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
