import { type Context, Hono } from 'hono';
import { createMiddleware } from 'hono/factory';
import type { Problem } from '#schemas/problem.ts';
import { beginUploadRequestSchema } from '#schemas/requests/upload.ts';
import type { ServerPorts } from '../../ports/server-ports.ts';
import { beginUpload, findBegun, type UploadStart } from '../../services/begin-upload.ts';
import { cancelUpload } from '../../services/cancel-upload.ts';
import { findUpload } from '../../services/find-upload.ts';
import { listUploads, uploadToView } from '../../services/list-uploads.ts';
import { retryUpload } from '../../services/retry-upload.ts';
import { settleUpload } from '../../services/settle-upload.ts';
import { freeBytes } from '../../services/upload-files.ts';
import type { AppEnv, SignedInEnv } from '../app-env.ts';
import { idPathSchema } from '../id-path.ts';
import { jsonLimit } from '../json-limit.ts';
import { accepted, RequestRefused } from '../problem-response.ts';
import { createTusProtocol, readTusMetadata, TUS_VERSION } from '../tus-protocol.ts';
import { validate } from '../validate.ts';
import { signedIn } from '../who.ts';

export const UPLOADS_PATH = '/api/uploads';
/** Metadata beyond this describes no bulletin; a description with the most units has room. */
const MAX_METADATA_CHARS = 12_288;
/** With less room than this, a write that failed failed for want of room. */
const HARDLY_ROOM_BYTES = 1024 * 1024;
const SERVER_ERROR = 500;

const invalid = (path: string, issue: string) =>
  new RequestRefused({ code: 'requestInvalid', issues: [{ path, issue }] });

/** What is begun; a length is needed, and no other way of saying it is taken. */
const readStart = (context: Context<SignedInEnv>) => {
  const length = context.req.header('upload-length') ?? '';
  const header = context.req.header('upload-metadata') ?? '';
  if (context.req.header('tus-resumable') !== TUS_VERSION) {
    throw invalid('Tus-Resumable', TUS_VERSION);
  }
  if (!/^\d{1,15}$/.test(length)) throw invalid('Upload-Length', length);
  const metadata = header.length > MAX_METADATA_CHARS ? undefined : readTusMetadata(header);
  if (metadata === undefined) throw invalid('Upload-Metadata', '');
  return { owner: ownerOf(context, metadata.person), bytes: Number(length), metadata };
};

const ownerOf = (context: Context<SignedInEnv>, person: string | null | undefined): string => {
  const owner = context.get('user').id;
  // A page that goes on sending does not hear that another person has signed in to the same browser.
  if ((person ?? owner) !== owner) throw new RequestRefused({ code: 'notSignedIn' });
  return owner;
};

/** What the protocol would have been asked, had its headers room for all that is said of the file. */
const asTus = ({ url }: Request, bytes: number): Request =>
  new Request(url, {
    method: 'POST',
    headers: { 'tus-resumable': TUS_VERSION, 'upload-length': `${bytes}` },
  });

/** What the protocol refuses, as a problem of ours. */
const answerToProblem = async (
  ports: ServerPorts,
  answered: Response,
  id: string,
): Promise<Problem> => {
  const { status } = answered;
  const upload = { what: 'upload', id };
  if (status === 404 || status === 410) return { code: 'notFound', ...upload };
  if (status === 409) return { code: 'changedMeanwhile', ...upload };
  if (status === 413) {
    const maxBytes = (await ports.store.uploadById(id))?.bytes ?? ports.maxUploadBytes;
    return { code: 'fileTooLarge', bytes: null, maxBytes };
  }
  if (status < SERVER_ERROR) {
    return {
      code: 'requestInvalid',
      issues: [{ path: '', issue: (await answered.text()).trim() }],
    };
  }
  const isFull = (await freeBytes(ports)) < HARDLY_ROOM_BYTES;
  return isFull
    ? { code: 'diskFull', path: ports.uploadFolder }
    : { code: 'internal', reference: id };
};

/**
 * Files on their way to a bulletin, resumable by the tus protocol: POST begins (with the words of a
 * recording, which are too long for its headers, at an address of its own), HEAD says how much is
 * here, PATCH adds, DELETE takes back. Whose it is not, for them it is not there.
 */
export const createUploadRoutes = (ports: ServerPorts) => {
  const operates = signedIn(ports, 'operator');
  const tus = createTusProtocol(ports, UPLOADS_PATH);
  const speaksTus = createMiddleware(async (context, next) => {
    context.header('tus-resumable', TUS_VERSION);
    await next();
  });
  const answer = async (request: Request, id: string): Promise<Response> => {
    const answered = await tus.answer(request, id);
    await settleUpload(ports, id);
    if (answered.ok) return answered;
    throw new RequestRefused(await answerToProblem(ports, answered, id));
  };
  const begin = async (request: Request, start: UploadStart) => {
    const { id } = accepted(await beginUpload(ports, start));
    try {
      return { id, answered: await answer(request, id) };
    } catch (error) {
      // Nobody has heard of it: it holds nobody's place.
      await cancelUpload(ports, start.owner, id);
      throw error;
    }
  };
  const own = async (context: Context<SignedInEnv>, id: string) =>
    accepted(await findUpload(ports.store, context.get('user').id, id));
  const byId = validate('param', idPathSchema);
  return new Hono<AppEnv>()
    .use(speaksTus)
    .options('/', operates, (context) => tus.answer(context.req.raw))
    .get('/', operates, async (context) =>
      context.json(await listUploads(ports, context.get('user').id)),
    )
    .post('/', operates, async (context) => {
      const { answered } = await begin(context.req.raw, readStart(context));
      return answered;
    })
    .post(
      '/described',
      operates,
      jsonLimit,
      validate('json', beginUploadRequestSchema),
      async (context) => {
        const { bytes, metadata } = context.req.valid('json');
        const start = { owner: ownerOf(context, metadata.person), bytes, metadata };
        const { id } =
          (await findBegun(ports, start)) ?? (await begin(asTus(context.req.raw, bytes), start));
        return context.json({ id }, 201);
      },
    )
    .get('/:id', operates, byId, async (context) => {
      const { id } = context.req.valid('param');
      const upload = await own(context, id);
      // Hono hands HEAD to GET.
      if (context.req.raw.method === 'HEAD') return answer(context.req.raw, id);
      return context.json(await uploadToView(ports, upload));
    })
    .patch('/:id', operates, byId, async (context) => {
      const { id } = context.req.valid('param');
      await own(context, id);
      return answer(context.req.raw, id);
    })
    .delete('/:id', operates, byId, async (context) => {
      const { id } = context.req.valid('param');
      accepted(await cancelUpload(ports, context.get('user').id, id));
      return context.body(null, 204);
    })
    .post('/:id/retry', operates, byId, async (context) => {
      const { id } = context.req.valid('param');
      accepted(await retryUpload(ports, context.get('user').id, id));
      return context.json({});
    });
};
