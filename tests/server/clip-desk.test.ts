import { mkdir, readdir, readFile, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as z from 'zod';
import { createS3ClipStore } from '#content/s3-clip-store.ts';
import { systemClock } from '#runtime/clock.ts';
import { sha256 } from '#runtime/signing.ts';
import { type Bulletin, bulletinSchema } from '#schemas/entities/bulletin.ts';
import { configureServer, openClipsOf, type RunningServer } from '#server/main.ts';
import {
  type ApiCaller,
  callAs,
  firstAdministrator,
  newPerson,
} from '#tests/support/api-caller.ts';
import { eventually } from '#tests/support/eventually.ts';
import { runCli } from '#tests/support/run-cli.ts';
import { createServerPlace, type ServerPlace } from '#tests/support/running-server.ts';
import { S3_BUCKET, startS3Server } from '#tests/support/s3-server.ts';

const texts = [{ key: 'chao', trial: false, script: ['Kính chào bà con.'] }];
const TWO_DAYS_S = 2 * 86_400;
/** The longest that the bulletin of the pack may take to be there. */
const WAIT_MS = 60_000;

let place: ServerPlace;
let server: RunningServer;
let person: ApiCaller;
let bulletin: Bulletin;
let s3: Awaited<ReturnType<typeof startS3Server>>;

beforeAll(async () => {
  place = await createServerPlace(texts);
  s3 = await startS3Server();
  server = await place.run();
  person = await firstAdministrator(server);
  const made = async () => z.array(bulletinSchema).parse(await person.get('/api/bulletins'));
  const [only] = await eventually(made, (bulletins) => bulletins.length === 1, WAIT_MS);
  if (only === undefined) throw new Error('there is no bulletin');
  bulletin = only;
});
afterAll(async () => {
  await server?.stop();
  await s3?.stop();
  await place?.remove();
});

const desk = async (settings: Record<string, string> = {}) => {
  const config = await configureServer(place.environment(settings), place.folder);
  if (!config.ok) throw new Error(config.problem.code);
  return openClipsOf(config.value);
};

/** As at the machine's terminal. */
const command = async (what: string) => {
  const environment = place.environment();
  const run = await runCli(['store', what], { environment, folder: place.folder });
  return { ...run, said: run.output === '' ? undefined : JSON.parse(run.output) };
};

const clipFolder = () => join(place.dataFolder, 'clips');
const pathOf = (clip: string) => join(clipFolder(), clip.slice(0, 2), clip);

test('beside the running server every clip is found whole', async () => {
  expect(await command('check')).toMatchObject({
    status: 0,
    said: { whole: 1, bad: [], unreferenced: { clips: 0, bytes: 0 } },
  });
});

test('a corrupt clip is named with its bulletin, and breaks off while it is read', async () => {
  const path = pathOf(bulletin.clip);
  const bytes = await readFile(path);
  await writeFile(path, Buffer.from(bytes).fill(0, 500, 501));
  const { id, title } = bulletin;
  const bad = [{ sha256: bulletin.clip, problem: 'clipCorrupt', bulletins: [{ id, title }] }];
  expect(await command('check')).toMatchObject({ status: 1, said: { whole: 0, bad } });
  const url = `${server.url}/api/bulletins/${id}/audio`;
  const headers = { authorization: `Bearer ${person.token}` };
  const read = async () => (await fetch(url, { headers })).arrayBuffer();
  await expect(read()).rejects.toThrow();
  await writeFile(path, bytes);
  expect(sha256(new Uint8Array(await read()))).toBe(bulletin.clip);
});

const s3Settings = () => ({
  S3_BUCKET,
  S3_ENDPOINT: s3.endpoint,
  S3_ACCESS_KEY_ID: 'S3RVER',
  S3_SECRET_ACCESS_KEY: 'S3RVER',
});

const served = async (): Promise<string> => {
  const url = `${server.url}/api/bulletins/${bulletin.id}/audio`;
  const answer = await fetch(url, { headers: { authorization: `Bearer ${person.token}` } });
  return sha256(new Uint8Array(await answer.arrayBuffer()));
};

const restart = async (settings: Record<string, string>): Promise<void> => {
  await server.stop();
  server = await place.run({ settings });
  person = callAs(server.url, person.token);
};

test('clips move from the folder to an S3-compatible server while the server works and others come', async () => {
  const moving = { ...s3Settings(), PREVIOUS_CLIP_FOLDER: clipFolder() };
  await restart(moving);
  expect(await served(), 'from where it was').toBe(bulletin.clip);
  const later = await desk(s3Settings());
  expect(await later.check()).toMatchObject({ value: { whole: 0, bad: [{}] } });
  const mover = await desk(moving);
  const operator = await newPerson(server, person, { username: 'lan', roles: ['operator'] });
  const brought = operator.post('/api/bulletins/text', { title: 'Mới', text: 'Tin mới của xã.' });
  expect(await mover.copy()).toMatchObject({
    value: { copied: 1, alreadyThere: 0, corrupt: [] },
  });
  await brought;
  expect(await mover.copy()).toMatchObject({ value: { copied: 0, alreadyThere: 1 } });
  await restart(s3Settings());
  expect(await served(), 'from where it is now').toBe(bulletin.clip);
  expect(await later.check()).toMatchObject({ value: { whole: 2, bad: [] } });
});

test('a store whose bucket is not there is told, and what was written stays unsaved and says why', async () => {
  const nowhere = { ...s3Settings(), S3_BUCKET: 'nowhere' };
  const told = { code: 'clipStoreFailed', detail: expect.stringMatching(/^NoSuchBucket/) };
  expect(await (await desk(nowhere)).check()).toMatchObject({ ok: false, problem: told });
  await restart(nowhere);
  const headers = { authorization: `Bearer ${person.token}` };
  const answer = await fetch(`${server.url}/api/bulletins/${bulletin.id}/audio`, { headers });
  expect([answer.status, await answer.json()]).toMatchObject([503, told]);
  const body = JSON.stringify({ title: 'Mới', text: 'Tin nữa của xã.' });
  const post = {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body,
  };
  const written = await fetch(`${server.url}/api/bulletins/text`, post);
  expect([written.status, await written.json()]).toMatchObject([503, told]);
  await restart(s3Settings());
});

test('what cannot be copied whole stays where it is and is named', async () => {
  const bytes = Buffer.from('a clip that nobody knows');
  const clip = sha256(bytes);
  await mkdir(join(clipFolder(), clip.slice(0, 2)), {
    recursive: true,
  });
  await writeFile(pathOf(clip), 'other bytes');
  const moving = { ...s3Settings(), PREVIOUS_CLIP_FOLDER: clipFolder() };
  expect(await (await desk(moving)).copy()).toMatchObject({ value: { corrupt: [clip] } });
  const store = createS3ClipStore({
    endpoint: s3.endpoint,
    region: 'us-east-1',
    bucket: S3_BUCKET,
    prefix: 'clips/',
    accessKeyId: 'S3RVER',
    secretAccessKey: 'S3RVER',
  });
  expect(await store.has(clip)).toBe(false);
});

test('nothing is copied when nothing is said to move', async () => {
  const { status, errors } = await command('copy');
  expect(status).toBe(2);
  expect(errors).toContain('TIENG_LANG_PREVIOUS_CLIP_FOLDER');
});

test('a previous folder that is not there is told by the name of its setting', async () => {
  const nowhere = await desk({ ...s3Settings(), PREVIOUS_CLIP_FOLDER: 'nowhere' });
  const issues = [{ setting: 'TIENG_LANG_PREVIOUS_CLIP_FOLDER', issue: 'unknown' }];
  const problem = { code: 'configurationInvalid', issues };
  expect([await nowhere.check(), await nowhere.copy()]).toEqual([
    { ok: false, problem },
    { ok: false, problem },
  ]);
});

test('what nobody refers to is removed when it is old and no server works', async () => {
  await restart({});
  const keeper = await desk();
  expect(await keeper.clean()).toMatchObject({ problem: { code: 'alreadyRunning' } });
  await server.stop();
  expect(await keeper.check()).toMatchObject({ value: { unreferenced: { clips: 1 } } });
  const young = { removed: 0, keptRecent: 1, keptForLogs: 0 };
  expect(await keeper.clean()).toMatchObject({ value: young });
  const [stranger] = (await readdir(clipFolder(), { recursive: true })).filter(
    (name) => name.length > bulletin.clip.length && !name.endsWith(bulletin.clip),
  );
  const oldS = systemClock().wallMs() / 1000 - TWO_DAYS_S;
  await utimes(join(clipFolder(), stranger ?? ''), oldS, oldS);
  expect(await keeper.clean()).toMatchObject({ value: { removed: 1, keptRecent: 0 } });
  expect(await keeper.check()).toMatchObject({ value: { whole: 1, unreferenced: { clips: 0 } } });
});
