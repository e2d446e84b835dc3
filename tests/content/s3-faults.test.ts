import { writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { ClipStoreFailed } from '#content/clip-store-failed.ts';
import { createDiskClipStore } from '#content/disk-clip-store.ts';
import { createMovingClipStore } from '#content/moving-clip-store.ts';
import { createS3ClipStore } from '#content/s3-clip-store.ts';
import { PART_BYTES } from '#content/s3-upload.ts';
import { sha256 } from '#runtime/signing.ts';
import { S3_BUCKET, startS3Server } from '../support/s3-server.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/**
 * `silent` never answers; `stalled` answers with the beginning of the clip and no more; `unanswered`
 * does what it is asked and breaks off before it says so; `page` is what a proxy says for a store that is not up.
 */
type Fault = 'unavailable' | 'cut' | 'refused' | 'silent' | 'stalled' | 'unanswered' | 'page';

const SILENT_MS = 500;
const NOBODY = '0'.repeat(64);

/** A real store behind a connection on which requests of one kind fail for a while. */
const openFaulty = async () => {
  const s3 = await startS3Server();
  const faults: { readonly match: RegExp; readonly fault: Fault; left: number }[] = [];
  const asked: string[] = [];
  const target = new URL(s3.endpoint);
  const pass = (from: IncomingMessage, onAnswer: (answer: IncomingMessage) => void) => {
    const { host, port } = { host: target.hostname, port: target.port };
    const { method, url: path, headers } = from;
    const passed = request({ host, port, method, path, headers }, onAnswer);
    passed.on('error', () => from.socket.destroy());
    from.pipe(passed);
  };
  const answers: Readonly<Record<Fault, (from: IncomingMessage, to: ServerResponse) => unknown>> = {
    unavailable: (_, to) => to.writeHead(503).end(),
    refused: (_, to) => to.writeHead(403).end(),
    cut: (from) => from.socket.destroy(),
    silent: () => undefined,
    stalled: (_, to) => to.writeHead(200, { 'content-length': 1000 }).write('tiếng làng'),
    page: (_, to) => to.writeHead(502).end('<html><body>Bad Gateway'),
    unanswered: (from) => pass(from, () => from.socket.destroy()),
  };
  const proxy = createServer((from, to) => {
    const what = `${from.method} ${from.url}`;
    asked.push(what);
    const found = faults.find(({ match, left }) => left > 0 && match.test(what));
    if (found === undefined) {
      pass(from, (answer) => {
        to.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(to);
      });
      return;
    }
    found.left -= 1;
    if (found.fault !== 'unanswered') from.resume();
    answers[found.fault](from, to);
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  const stop = async () => {
    proxy.closeAllConnections();
    proxy.close();
    await s3.stop();
  };
  onTestFinished(stop);
  const { port } = proxy.address() as AddressInfo;
  const open = (bucket: string) =>
    createS3ClipStore({
      endpoint: `http://127.0.0.1:${port}`,
      region: 'us-east-1',
      bucket,
      prefix: 'clips/',
      accessKeyId: 'S3RVER',
      secretAccessKey: 'S3RVER',
      silentMs: SILENT_MS,
    });
  const fail = (match: RegExp, fault: Fault, times: number) =>
    faults.push({ match, fault, left: times });
  return { store: open(S3_BUCKET), open, fail, asked, stop };
};

const clipFile = async (bytes: number) => {
  const content = Buffer.alloc(bytes, 'tiếng làng');
  const path = join(await temporaryFolder(), 'clip.mp3');
  await writeFile(path, content);
  return { path, clip: sha256(content) };
};

test.each(['unavailable', 'cut', 'silent'] as const)(
  'a store that is %s for a moment is asked again',
  async (fault) => {
    const { store, fail } = await openFaulty();
    const { path, clip } = await clipFile(1000);
    for (const what of [/^PUT/, /^HEAD/, /^GET/]) fail(what, fault, 2);
    expect(await store.put(clip, path)).toMatchObject({ ok: true });
    expect(await store.size(clip)).toEqual({ ok: true, value: 1000 });
    expect(await store.verify(clip)).toMatchObject({ ok: true });
  },
);

test('a store that stops in the middle of a clip breaks off, and is waited for no longer', async () => {
  const { store, fail } = await openFaulty();
  const { path, clip } = await clipFile(1000);
  await store.put(clip, path);
  fail(/^GET/, 'stalled', 1);
  await expect(store.verify(clip)).rejects.toBeInstanceOf(ClipStoreFailed);
  expect(await store.verify(clip)).toMatchObject({ ok: true });
});

test('a part that does not arrive at first is sent again, and the clip is whole', async () => {
  const { store, fail, asked } = await openFaulty();
  const { path, clip } = await clipFile(2 * PART_BYTES + 5);
  fail(/partNumber=2/, 'unavailable', 2);
  expect(await store.put(clip, path)).toMatchObject({ ok: true });
  expect(asked.filter((what) => what.includes('partNumber=2'))).toHaveLength(3);
  expect(await store.verify(clip)).toMatchObject({ ok: true });
});

test('a clip whose completion is carried out and not answered is put', async () => {
  const { store, fail, asked } = await openFaulty();
  const { path, clip } = await clipFile(PART_BYTES + 5);
  fail(/^POST .*uploadId=/, 'unanswered', 1);
  expect(await store.put(clip, path)).toMatchObject({ ok: true });
  expect(asked.filter((what) => /^POST .*uploadId=/.test(what)).length).toBeGreaterThan(1);
  expect(await store.verify(clip)).toMatchObject({ ok: true });
});

test('a store that refuses a part keeps nothing of the clip', async () => {
  const { store, fail, asked } = await openFaulty();
  const { path, clip } = await clipFile(2 * PART_BYTES);
  fail(/partNumber=2/, 'refused', 1);
  await expect(store.put(clip, path)).rejects.toThrow();
  expect(asked.at(-1)).toMatch(/^DELETE .*uploadId=/);
  expect(await store.has(clip)).toBe(false);
});

test('a store that goes on refusing is no missing clip', async () => {
  const { store, fail } = await openFaulty();
  fail(/./, 'refused', 10);
  await expect(store.has(NOBODY)).rejects.toBeInstanceOf(ClipStoreFailed);
});

test('a store whose proxy answers for it with a page has failed, and misses no clip', async () => {
  const { store, fail } = await openFaulty();
  const { path, clip } = await clipFile(1000);
  fail(/./, 'page', 20);
  const failed = { detail: 'Unknown, 502' };
  await expect(store.verify(clip)).rejects.toMatchObject(failed);
  await expect(store.put(clip, path)).rejects.toMatchObject(failed);
  await expect(store.remove(clip)).rejects.toMatchObject(failed);
});

test('a store without its bucket, or that nobody reaches, is named and misses no clip', async () => {
  const { open, stop } = await openFaulty();
  const { path, clip } = await clipFile(1000);
  const elsewhere = open('nowhere');
  const noBucket = { detail: expect.stringMatching(/^NoSuchBucket/) };
  await expect(elsewhere.verify(clip)).rejects.toMatchObject(noBucket);
  await expect(elsewhere.put(clip, path)).rejects.toMatchObject(noBucket);
  await expect(elsewhere.list()[Symbol.asyncIterator]().next()).rejects.toMatchObject(noBucket);
  await stop();
  await expect(elsewhere.put(clip, path)).rejects.toMatchObject({ detail: 'ECONNREFUSED' });
});

test('while clips move, one that the new store does not give comes from where it was', async () => {
  const { store, fail } = await openFaulty();
  const previous = await createDiskClipStore(await temporaryFolder());
  const { path, clip } = await clipFile(1000);
  await previous.put(clip, path);
  const moving = createMovingClipStore(store, previous);
  fail(/./, 'refused', 10);
  expect(await moving.size(clip)).toEqual({ ok: true, value: 1000 });
  expect(await moving.link(clip, { nowMs: 0, seconds: 1 })).toBeNull();
  await expect(moving.size(NOBODY)).rejects.toBeInstanceOf(ClipStoreFailed);
  await expect(moving.put(clip, path)).rejects.toBeInstanceOf(ClipStoreFailed);
});
