import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createClipFiles } from '#player-agent/cache/clip-files.ts';
import { downloadClip } from '#player-agent/cache/download.ts';
import { nodeDisk } from '#player-agent/disk/node-disk.ts';
import type { FetchUrl } from '#player-agent/ports/agent-ports.ts';
import { systemClock } from '#runtime/clock.ts';
import { bulletinSchema } from '#schemas/entities/bulletin.ts';
import type { RunningServer } from '#server/main.ts';
import { type ApiCaller, callAs, firstAdministrator } from '#tests/support/api-caller.ts';
import { createServerPlace, type ServerPlace } from '#tests/support/running-server.ts';
import { S3_BUCKET, startS3Server } from '#tests/support/s3-server.ts';
import { temporaryFolder } from '#tests/support/temporary-folder.ts';

const HOUR_MS = 3_600_000;
const clock = systemClock();

let s3: Awaited<ReturnType<typeof startS3Server>>;
let place: ServerPlace;
let server: RunningServer;
let administrator: ApiCaller;
let clip: { readonly sha256: string; readonly bytes: number; readonly durationMs: number };

const settings = () => ({
  S3_BUCKET,
  S3_ENDPOINT: s3.endpoint,
  S3_ACCESS_KEY_ID: 'S3RVER',
  S3_SECRET_ACCESS_KEY: 'S3RVER',
});

beforeAll(async () => {
  s3 = await startS3Server();
  place = await createServerPlace();
  server = await place.run({ settings: settings() });
  administrator = await firstAdministrator(server);
  const text = { title: 'Họp thôn', text: 'Kính mời bà con đến nhà văn hóa lúc bảy giờ.' };
  const { clip: sha256 } = bulletinSchema.parse(
    await administrator.post('/api/bulletins/text', text),
  );
  const headers = { authorization: `Bearer ${administrator.token}` };
  const whole = await fetch(`${server.url}/clips/${sha256}`, { headers });
  clip = { sha256: sha256 ?? '', bytes: (await whole.arrayBuffer()).byteLength, durationMs: 1000 };
});
afterAll(async () => {
  await server?.stop();
  await place?.remove();
  await s3?.stop();
});

/** A speaker's download of the clip, and which addresses gave the bytes in the end. */
const download = async (from: RunningServer) => {
  const folder = join(await temporaryFolder(), 'clips');
  await mkdir(folder);
  const answers: { readonly origin: string; readonly status: number }[] = [];
  const fetchUrl: FetchUrl = async (url, init) => {
    const answer = await fetch(url, init);
    answers.push({ origin: new URL(url).origin, status: answer.status });
    return answer;
  };
  const files = createClipFiles(nodeDisk, folder);
  const outcome = await downloadClip(
    {
      ...{ disk: nodeDisk, files, clock, fetchUrl },
      baseUrl: `${from.url}/clips`,
      token: administrator.token ?? '',
      onWrongBytes: (sha256) => expect.fail(sha256),
    },
    clip,
  );
  const { length } = await readFile(files.pathOf(clip.sha256));
  return { outcome, length, answers };
};

test('a speaker takes a clip from the store by a link, and the store refuses whoever sends more', async () => {
  const { outcome, length, answers } = await download(server);
  expect({ outcome, length }).toEqual({ outcome: 'stored', length: clip.bytes });
  // The store answers 400 to a link that comes with a token.
  expect(answers).toEqual([
    { origin: server.url, status: 307 },
    { origin: s3.endpoint, status: 200 },
  ]);
});

test('who asks for no link gets the bytes, and nobody a link who may not hear the clip', async () => {
  const headers = { prefer: 'clip-link' };
  const stranger = await callAs(server.url).call('GET', `/clips/${clip.sha256}`, { headers });
  expect(stranger.status).toBe(401);
  const person = await administrator.call('GET', `/clips/${clip.sha256}`);
  expect(person.status).toBe(200);
});

test('links of a server whose clock is wrong do no harm', async () => {
  await server.stop();
  const late = { ...clock, wallMs: () => clock.wallMs() - HOUR_MS };
  server = await place.run({ settings: settings(), given: { clock: late } });
  const { outcome, answers } = await download(server);
  expect(outcome).toBe('stored');
  expect(answers).toEqual([
    { origin: server.url, status: 307 },
    { origin: s3.endpoint, status: 403 },
    { origin: server.url, status: 200 },
  ]);
});

test('where the clips stand in a folder, the server gives the bytes at once', async () => {
  await server.stop();
  const folder = await createServerPlace();
  try {
    const other = await folder.run();
    const caller = await firstAdministrator(other);
    const headers = { prefer: 'clip-link' };
    const text = { title: 'Họp thôn', text: 'Kính mời bà con.' };
    const made = bulletinSchema.parse(await caller.post('/api/bulletins/text', text));
    expect((await caller.call('GET', `/clips/${made.clip}`, { headers })).status).toBe(200);
    await other.stop();
  } finally {
    await folder.remove();
  }
});
