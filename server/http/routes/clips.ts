import { type Context, Hono } from 'hono';
import { createMiddleware } from 'hono/factory';
import * as z from 'zod';
import { CLIP_LINK_PREFERENCE, CLIP_LINK_STATUS } from '#schemas/clip-link.ts';
import { staffRoles } from '#schemas/entities/site.ts';
import { sha256Schema } from '#schemas/primitives.ts';
import type { SignedInUser } from '../../ports/accounts.ts';
import type { ServerPorts } from '../../ports/server-ports.ts';
import { speakerSecretHash } from '../../services/enrol-speaker.ts';
import type { AppEnv } from '../app-env.ts';
import { RequestRefused } from '../problem-response.ts';
import { sendClip } from '../send-clip.ts';
import { validate } from '../validate.ts';

/** Throws for whoever does not work at the site, or must set a password first. */
const letStaffIn = (user: SignedInUser | undefined): void => {
  if (user === undefined) throw new RequestRefused({ code: 'notSignedIn' });
  if (user.passwordChangeRequired) throw new RequestRefused({ code: 'passwordChangeRequired' });
  if (!staffRoles.some((role) => user.roles.includes(role))) {
    throw new RequestRefused({ code: 'notAllowed', needs: staffRoles.join(', ') });
  }
};

/** Lets enrolled speakers through by their secret, and signed-in people who work at the site. */
const speakerOrUser = ({ store, accounts }: Pick<ServerPorts, 'store' | 'accounts'>) =>
  createMiddleware<AppEnv>(async (context, next) => {
    const { headers } = context.req.raw;
    const secret = /^Bearer (\S+)$/i.exec(headers.get('authorization') ?? '')?.[1];
    const speaker = secret && (await store.speakerBySecretHash(speakerSecretHash(secret)));
    if (speaker === undefined || speaker === '') letStaffIn(await accounts.userOf(headers));
    await next();
  });

/** How long a link may be begun to be used: a download that goes on is not ended by it. */
const LINK_S = 300;

/** A link to the clip for who asks for one, where the store gives links; null for all others. */
const linkFor = async (context: Context, { clips, clock }: ServerPorts, sha256: string) => {
  const { header, value } = CLIP_LINK_PREFERENCE;
  if (context.req.header(header) !== value) return null;
  return clips.link(sha256, { nowMs: clock.wallMs(), seconds: LINK_S });
};

/** Clips by the hash of their bytes, with resume; or the way to the store that has them. */
export const createClipRoutes = (ports: ServerPorts) =>
  new Hono<AppEnv>().get(
    '/:sha256',
    speakerOrUser(ports),
    validate('param', z.object({ sha256: sha256Schema })),
    async (context) => {
      const { sha256 } = context.req.valid('param');
      const link = await linkFor(context, ports, sha256);
      if (link === null) return sendClip(context, ports, { sha256, to: 'speaker' });
      const headers = { location: link, 'cache-control': 'no-store' };
      return context.body(null, CLIP_LINK_STATUS, headers);
    },
  );
