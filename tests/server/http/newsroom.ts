import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { openDatabase } from '#server/db/open-database.ts';
import type { RunningServer } from '#server/main.ts';
import type { Store } from '#server/ports/store.ts';
import {
  type ApiAnswer,
  type ApiCaller,
  firstAdministrator,
  newPerson,
} from '#tests/support/api-caller.ts';
import { inServerStore } from '#tests/support/in-server-store.ts';
import { createServerPlace } from '#tests/support/running-server.ts';
import { makeWithFfmpeg, writeSpeech } from '#tests/support/speech.ts';

/** The bound that uploads to a newsroom have. */
export const MAX_UPLOAD_BYTES = 3_000_000;

/** A running server with the people who make and release bulletins. */
export interface Newsroom {
  readonly server: RunningServer;
  readonly dataFolder: string;
  readonly operator: ApiCaller;
  readonly approver: ApiCaller;
  /** Operator and approver in one person; the site wants four eyes. */
  readonly both: ApiCaller;
  readonly administrator: ApiCaller;
  readonly campaign: string;
  upload(caller: ApiCaller, bytes: Uint8Array<ArrayBuffer>, query?: string): Promise<ApiAnswer>;
  /** The bytes of six seconds of speech; other `skip`, other sentences. */
  speech(skip?: number): Promise<Uint8Array<ArrayBuffer>>;
  /** Where what `speech` gave last stands. */
  readonly recordingPath: string;
  silence(): Promise<Uint8Array<ArrayBuffer>>;
  /** Everything that bulletins leave: rows, clips, files under way. */
  traces(): Promise<unknown>;
  inStore<T>(read: (store: Store) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

const idsSchema = z.array(z.looseObject({ id: z.string() }));
const SPEECH_S = 6;

const openTraces = (dataFolder: string) => {
  const database = openDatabase(join(dataFolder, 'tieng-lang.sqlite'));
  if (!database.ok) throw new Error(database.problem.code);
  return database.value;
};

const tracesIn = async (dataFolder: string) => {
  const database = openTraces(dataFolder);
  const count = (table: string) =>
    database.sqlite.prepare(`SELECT count(*) FROM ${table}`).pluck().get();
  const [bulletins, clips, releases, audit] = [
    count('bulletins'),
    count('clips'),
    count('releases'),
    count('audit_entries'),
  ];
  database.close();
  const stored = await readdir(join(dataFolder, 'clips'), { recursive: true, withFileTypes: true });
  const files = stored.filter((entry) => entry.isFile()).length;
  const work = await readdir(join(dataFolder, 'work'));
  return { bulletins, clips, releases, audit, files, work };
};

/** Opens a newsroom on a fresh server. */
export const openNewsroom = async (): Promise<Newsroom> => {
  const place = await createServerPlace();
  const settings = { MAX_UPLOAD_BYTES: `${MAX_UPLOAD_BYTES}`, FOUR_EYES: 'true' };
  const server = await place.run({ settings });
  const administrator = await firstAdministrator(server);
  const person = (username: string, roles: string[]) =>
    newPerson(server, administrator, { username, roles });
  const operator = await person('lan', ['operator']);
  const campaign = idsSchema.parse(await operator.get('/api/campaigns'))[0]?.id ?? '';
  const path = join(place.folder, 'recording.wav');
  const bytesOf = async () => new Uint8Array(await readFile(path));
  return {
    server,
    dataFolder: place.dataFolder,
    operator,
    approver: await person('minh', ['approver']),
    both: await person('hoa', ['operator', 'approver']),
    administrator,
    campaign,
    upload: (caller, bytes, query = '') =>
      caller.call('POST', `/api/bulletins/audio?title=Bulletin&campaigns=${campaign}${query}`, {
        bytes,
        headers: { 'content-type': 'audio/wav' },
      }),
    speech: async (skip = 0) => {
      await writeSpeech(path, SPEECH_S, skip);
      return bytesOf();
    },
    recordingPath: path,
    silence: async () => {
      await makeWithFfmpeg('-f', 'lavfi', '-i', 'anullsrc=r=48000:cl=mono', '-t', '5', path);
      return bytesOf();
    },
    traces: () => tracesIn(place.dataFolder),
    inStore: (read) => inServerStore(place.dataFolder, read),
    close: async () => {
      await server.stop();
      await place.remove();
    },
  };
};
