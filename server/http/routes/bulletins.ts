import { Hono } from 'hono';
import {
  changeBulletinRequestSchema,
  commentBulletinRequestSchema,
  rejectBulletinRequestSchema,
  releaseBulletinRequestSchema,
  uploadBulletinQuerySchema,
  writeBulletinRequestSchema,
} from '#schemas/requests/bulletin.ts';
import { listQuerySchema } from '#schemas/requests/list.ts';
import type { ServerPorts } from '../../ports/server-ports.ts';
import { changeBulletin } from '../../services/change-bulletin.ts';
import { commentBulletin } from '../../services/comment-bulletin.ts';
import { describeThread } from '../../services/describe-thread.ts';
import { rejectBulletin } from '../../services/reject-bulletin.ts';
import { releaseBulletin } from '../../services/release-bulletin.ts';
import { submitBulletin } from '../../services/submit-bulletin.ts';
import { uploadBulletin } from '../../services/upload-bulletin.ts';
import { withdrawBulletin } from '../../services/withdraw-bulletin.ts';
import { writeBulletin } from '../../services/write-bulletin.ts';
import type { AppEnv } from '../app-env.ts';
import { idPathSchema } from '../id-path.ts';
import { jsonLimit } from '../json-limit.ts';
import { accepted, RequestRefused } from '../problem-response.ts';
import { requestToUpload } from '../request-to-upload.ts';
import { sendClip } from '../send-clip.ts';
import { validate } from '../validate.ts';
import { signedIn, userToActor } from '../who.ts';

const bulletinById = async ({ store }: Pick<ServerPorts, 'store'>, id: string) => {
  const bulletin = await store.bulletinById(id);
  if (bulletin === undefined) throw new RequestRefused({ code: 'notFound', what: 'bulletin', id });
  return bulletin;
};

/** Bulletins as they are brought and read. */
const createBringingRoutes = (ports: ServerPorts) => {
  const operates = signedIn(ports, 'operator');
  const reads = signedIn(ports);
  return new Hono<AppEnv>()
    .get('/', reads, validate('query', listQuerySchema), async (context) =>
      context.json(await ports.store.bulletins(context.req.valid('query'))),
    )
    .post('/audio', operates, validate('query', uploadBulletinQuerySchema), async (context) => {
      const actor = userToActor(context.get('user'));
      const description = context.req.valid('query');
      const upload = requestToUpload(context.req.raw);
      const brought = await uploadBulletin(ports, actor, { description, upload });
      return context.json(accepted(brought), 201);
    })
    .post(
      '/text',
      operates,
      jsonLimit,
      validate('json', writeBulletinRequestSchema),
      async (context) => {
        const actor = userToActor(context.get('user'));
        const { text, manner, ...description } = context.req.valid('json');
        const written = await writeBulletin(ports, actor, { description, text, manner });
        return context.json(accepted(written), 201);
      },
    )
    .get('/:id', reads, validate('param', idPathSchema), async (context) =>
      context.json(await bulletinById(ports, context.req.valid('param').id)),
    )
    .get('/:id/audio', reads, validate('param', idPathSchema), async (context) => {
      const { clip } = await bulletinById(ports, context.req.valid('param').id);
      return sendClip(context, ports, { sha256: clip, to: 'person' });
    });
};

/** What is said of them, and everything that happened to them. */
const createDescribingRoutes = (ports: ServerPorts) =>
  new Hono<AppEnv>()
    .get('/:id/thread', signedIn(ports), validate('param', idPathSchema), async (context) =>
      context.json(accepted(await describeThread(ports, context.req.valid('param').id))),
    )
    .post(
      '/:id/facts',
      signedIn(ports, 'operator'),
      validate('param', idPathSchema),
      jsonLimit,
      validate('json', changeBulletinRequestSchema),
      async (context) => {
        const actor = userToActor(context.get('user'));
        const { id } = context.req.valid('param');
        const request = context.req.valid('json');
        return context.json(accepted(await changeBulletin(ports, actor, { id, request })));
      },
    )
    .post(
      '/:id/comments',
      signedIn(ports, 'operator', 'approver'),
      validate('param', idPathSchema),
      jsonLimit,
      validate('json', commentBulletinRequestSchema),
      async (context) => {
        const { id } = context.req.valid('param');
        const comment = { id, ...context.req.valid('json') };
        const done = await commentBulletin(ports, context.get('user').id, comment);
        return context.json(accepted(done), 201);
      },
    );

/** What becomes of them. */
const createJudgingRoutes = (ports: ServerPorts) => {
  const operates = signedIn(ports, 'operator');
  const approves = signedIn(ports, 'approver');
  return new Hono<AppEnv>()
    .post('/:id/submit', operates, validate('param', idPathSchema), async (context) => {
      const actor = userToActor(context.get('user'));
      const done = await submitBulletin(ports, actor, context.req.valid('param').id);
      return context.json(accepted(done));
    })
    .post(
      '/:id/release',
      approves,
      validate('param', idPathSchema),
      jsonLimit,
      validate('json', releaseBulletinRequestSchema),
      async (context) => {
        const { id } = context.req.valid('param');
        const request = { id, ...context.req.valid('json') };
        const done = await releaseBulletin(ports, context.get('user').id, request);
        return context.json(accepted(done));
      },
    )
    .post(
      '/:id/reject',
      approves,
      validate('param', idPathSchema),
      jsonLimit,
      validate('json', rejectBulletinRequestSchema),
      async (context) => {
        const actor = userToActor(context.get('user'));
        const { id } = context.req.valid('param');
        const done = await rejectBulletin(ports, actor, { id, ...context.req.valid('json') });
        return context.json(accepted(done));
      },
    )
    .post(
      '/:id/withdraw',
      signedIn(ports, 'operator', 'approver'),
      validate('param', idPathSchema),
      async (context) => {
        const actor = userToActor(context.get('user'));
        const done = await withdrawBulletin(ports, actor, context.req.valid('param').id);
        return context.json(accepted(done));
      },
    );
};

/** Bulletins, from what an operator brings to what may go on air. */
export const createBulletinRoutes = (ports: ServerPorts) =>
  new Hono<AppEnv>()
    .route('/', createBringingRoutes(ports))
    .route('/', createDescribingRoutes(ports))
    .route('/', createJudgingRoutes(ports));
