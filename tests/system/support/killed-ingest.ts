import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { sha256 } from '#runtime/signing.ts';
import { type Bulletin, bulletinSchema } from '#schemas/entities/bulletin.ts';
import type { UploadStep } from '#schemas/entities/upload.ts';
import {
  type ApiCaller,
  callAs,
  firstAdministrator,
  newPerson,
} from '#tests/support/api-caller.ts';
import { type Program, startProgram } from '#tests/support/program.ts';
import { createServerPlace } from '#tests/support/running-server.ts';
import { writeSpeech } from '#tests/support/speech.ts';
import { type TusSender, tusSender } from '#tests/support/tus-sender.ts';

const SPEECH_S = 12;

/** What became of a file whose server was killed. */
export interface Survived {
  /** How many bytes the server still had when it was back. */
  readonly keptBytes: number;
  readonly bytes: number;
  /** The bulletins with the title of the file, and whether their clips are what they claim to be. */
  readonly bulletins: readonly { readonly whole: boolean }[];
  readonly filesLeft: readonly string[];
}

/** A server as a process of its own that is killed again and again. */
export interface KilledServer {
  /** Sends a file, kills the server once it has reached the step, starts it anew, goes on. */
  killAt(step: UploadStep): Promise<Survived>;
  /** Kills the server and starts it anew. */
  kill(): Promise<void>;
  /** A bulletin of a recording with that title, submitted. */
  bring(title: string): Promise<Bulletin>;
  readonly dataFolder: string;
  /** The server as it runs now. */
  now(): Life & { readonly pid: number };
  close(): Promise<void>;
}

/** From one start to the next. */
interface Life {
  readonly program: Program;
  readonly url: string;
  readonly caller: ApiCaller;
  readonly sender: TusSender;
}

/** Starts a server with one operator, who may release too. */
export const startKilledServer = async (): Promise<KilledServer> => {
  const place = await createServerPlace();
  const eve = await place.run();
  const person = { username: 'lan', roles: ['operator', 'approver'] };
  const { token } = await newPerson(eve, await firstAdministrator(eve), person);
  await eve.stop();
  const live = async (): Promise<Life> => {
    const program = startProgram(['server'], place.environment());
    const url = String((await program.next('serverStarted')).url);
    const caller = callAs(url, token);
    return { program, url, caller, sender: tusSender(caller) };
  };
  let life = await live();
  let files = 0;
  const speech = async (): Promise<Uint8Array<ArrayBuffer>> => {
    files += 1;
    const path = join(place.folder, 'speech.wav');
    await writeSpeech(path, SPEECH_S, files * 3);
    return new Uint8Array(await readFile(path));
  };
  const kill = async (): Promise<void> => {
    await life.program.end('SIGKILL');
    life = await live();
  };
  const clipIsWhole = async (id: string, clip: string): Promise<boolean> => {
    const headers = { authorization: `Bearer ${token}` };
    const heard = await fetch(`${life.url}/api/bulletins/${id}/audio`, { headers });
    return sha256(new Uint8Array(await heard.arrayBuffer())) === clip;
  };
  return {
    killAt: async (step) => {
      const bytes = await speech();
      const title = `Bị tắt ở bước ${step} ${files}`;
      const path = await life.sender.begun(bytes.length, { title });
      const half = Math.floor(bytes.length / 2);
      await life.sender.add(path, 0, bytes.slice(0, half));
      if (step !== 'receiving') {
        await life.sender.add(path, half, bytes.slice(half));
        if (step !== 'received') {
          await life.program.next('uploadStep', (facts) => facts.step === step);
        }
      }
      await kill();
      const keptBytes = await life.sender.offset(path);
      if (keptBytes < bytes.length) await life.sender.add(path, keptBytes, bytes.slice(keptBytes));
      await life.sender.seen(path);
      const all = z.array(bulletinSchema).parse(await life.caller.get('/api/bulletins'));
      const made = all.filter((bulletin) => bulletin.title === title);
      return {
        keptBytes,
        bytes: bytes.length,
        bulletins: await Promise.all(
          made.map(async ({ id, clip }) => ({ whole: await clipIsWhole(id, clip) })),
        ),
        filesLeft: await readdir(join(place.dataFolder, 'uploads')),
      };
    },
    kill,
    bring: async (title) => {
      const path = `/api/bulletins/audio?title=${encodeURIComponent(title)}`;
      const headers = { 'content-type': 'audio/wav' };
      const brought = await life.caller.call('POST', path, { bytes: await speech(), headers });
      return bulletinSchema.parse(brought.body);
    },
    dataFolder: place.dataFolder,
    now: () => ({ ...life, pid: life.program.pid }),
    close: async () => {
      await life.program.end('SIGTERM');
      await place.remove();
    },
  };
};
