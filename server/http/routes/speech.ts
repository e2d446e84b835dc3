import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { MAX_SCRIPT_FILE_BYTES, readScriptFile } from '#content/script-file/read-script-file.ts';
import {
  previewSpeechRequestSchema,
  setPronunciationRequestSchema,
} from '#schemas/requests/speech.ts';
import type { ServerPorts } from '../../ports/server-ports.ts';
import { readScript } from '../../services/read-script.ts';
import { setPronunciation } from '../../services/set-pronunciation.ts';
import type { AppEnv } from '../app-env.ts';
import { jsonLimit } from '../json-limit.ts';
import { accepted, RequestRefused } from '../problem-response.ts';
import { validate } from '../validate.ts';
import { signedIn, userToActor } from '../who.ts';

const scriptFileLimit = bodyLimit({
  maxSize: MAX_SCRIPT_FILE_BYTES,
  onError: () => {
    throw new RequestRefused({
      code: 'fileTooLarge',
      bytes: null,
      maxBytes: MAX_SCRIPT_FILE_BYTES,
    });
  },
});

/** How scripts are read from files and read out: voices, a preview, and the words of the site. */
export const createSpeechRoutes = (ports: ServerPorts) => {
  const operates = signedIn(ports, 'operator');
  return new Hono<AppEnv>()
    .get('/voices', operates, async (context) => context.json(await ports.speech.voices()))
    .post(
      '/preview',
      operates,
      jsonLimit,
      validate('json', previewSpeechRequestSchema),
      async (context) => {
        const { reading, ...read } = accepted(await readScript(ports, context.req.valid('json')));
        return context.json({ ...read, numbers: Object.fromEntries(reading.numbers) });
      },
    )
    .post('/script-file', operates, scriptFileLimit, async (context) => {
      const bytes = Buffer.from(await context.req.arrayBuffer());
      const text = await ports.scriptGate.run(() => readScriptFile(bytes, ports.clock));
      return context.json({ text: accepted(text) });
    })
    .get('/pronunciations', operates, async (context) =>
      context.json(await ports.store.pronunciations()),
    )
    .put(
      '/pronunciations',
      operates,
      jsonLimit,
      validate('json', setPronunciationRequestSchema),
      async (context) => {
        const actor = userToActor(context.get('user'));
        const done = await setPronunciation(ports, actor, context.req.valid('json'));
        return context.json(accepted(done));
      },
    );
};
