import { Hono } from 'hono';
import * as z from 'zod';
import { WORD_TYPE, writeWord } from '#content/script-file/write-word.ts';
import { userRoleSchema } from '#schemas/entities/site.ts';
import type { ServerPorts } from '../../ports/server-ports.ts';
import { handBulletin, readHandedBulletins } from '../../services/handed-bulletins.ts';
import type { AppEnv } from '../app-env.ts';
import { fileDisposition } from '../file-name.ts';
import { idPathSchema } from '../id-path.ts';
import { accepted } from '../problem-response.ts';
import { sendClip } from '../send-clip.ts';
import { validate } from '../validate.ts';
import { signedIn } from '../who.ts';

const scriptQuerySchema = z.object({ form: z.enum(['txt', 'docx']).default('docx') });

/** Approved bulletins as files for village heads, who broadcast them on what the village has itself. */
export const createVillageRoutes = (ports: ServerPorts) => {
  const takes = signedIn(ports, ...userRoleSchema.options);
  return new Hono<AppEnv>()
    .get('/bulletins', takes, async (context) =>
      context.json(await readHandedBulletins(ports, context.get('user'))),
    )
    .get('/bulletins/:id/audio', takes, validate('param', idPathSchema), async (context) => {
      const asked = { ...context.req.valid('param'), file: 'audio' } as const;
      const { title, clip } = accepted(await handBulletin(ports, context.get('user'), asked));
      const disposition = fileDisposition(title, 'mp3');
      return sendClip(context, ports, { sha256: clip, to: 'person', disposition });
    })
    .get(
      '/bulletins/:id/script',
      takes,
      validate('param', idPathSchema),
      validate('query', scriptQuerySchema),
      async (context) => {
        const { form } = context.req.valid('query');
        const asked = { ...context.req.valid('param'), file: form };
        const handed = accepted(await handBulletin(ports, context.get('user'), asked));
        const text = handed.script ?? '';
        context.header('content-disposition', fileDisposition(handed.title, form));
        context.header('cache-control', 'private, no-store');
        if (form === 'txt') return context.text(`${handed.title}\n\n${text}\n`);
        context.header('content-type', WORD_TYPE);
        return context.body(new Uint8Array(writeWord(handed.title, text)));
      },
    );
};
