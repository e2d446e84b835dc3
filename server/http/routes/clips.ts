import { Hono } from 'hono';
import { createMiddleware } from 'hono/factory';
import * as z from 'zod';
import { sha256Schema } from '#schemas/primitives.ts';
import type { ServerPorts } from '../../ports/server-ports.ts';
import { speakerSecretHash } from '../../services/enrol-speaker.ts';
import type { AppEnv } from '../app-env.ts';
import { RequestRefused } from '../problem-response.ts';
import { sendClip } from '../send-clip.ts';
import { validate } from '../validate.ts';

/** Lets enrolled speakers through by their secret, and signed-in people. */
const speakerOrUser = ({ store, accounts }: Pick<ServerPorts, 'store' | 'accounts'>) =>
  createMiddleware<AppEnv>(async (context, next) => {
    const { headers } = context.req.raw;
    const secret = /^Bearer (\S+)$/i.exec(headers.get('authorization') ?? '')?.[1];
    const speaker = secret && (await store.speakerBySecretHash(speakerSecretHash(secret)));
    const user = speaker ? undefined : await accounts.userOf(headers);
    if (speaker === undefined || speaker === '') {
      if (user === undefined) throw new RequestRefused({ code: 'notSignedIn' });
      if (user.passwordChangeRequired) {
        throw new RequestRefused({ code: 'passwordChangeRequired' });
      }
    }
    await next();
  });

/** Clips by the hash of their bytes, with resume. */
export const createClipRoutes = (ports: ServerPorts) =>
  new Hono<AppEnv>().get(
    '/:sha256',
    speakerOrUser(ports),
    validate('param', z.object({ sha256: sha256Schema })),
    (context) => sendClip(context, ports, { ...context.req.valid('param'), to: 'speaker' }),
  );
