import { writeFile } from 'node:fs/promises';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createS3ClipStore } from '#content/s3-clip-store.ts';
import { PART_BYTES } from '#content/s3-upload.ts';
import { sha256 } from '#runtime/signing.ts';
import { S3_BUCKET, startS3Server } from '../support/s3-server.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** `silent` never answers; `stalled` answers with the beginning of the clip and no more. */
type Fault = 'unavailable' | 'cut' | 'refused' | 'silent' | 'stalled';

const SILENT_MS = 500;

/** A real store behind a connection on which requests of one kind fail for a while. */
const openFaulty = async () => {
  const s3 = await startS3Server();
  const faults: { readonly match: RegExp; readonly fault: Fault; left: number }[] = [];
  const asked: string[] = [];
  const target = new URL(s3.endpoint);
  const proxy = createServer((from, to) => {
    const what = `${from.method} ${from.url}`;
    asked.push(what);
    const found = faults.find(({ match, left }) => left > 0 && match.test(what));
    if (found !== undefined) {
      found.left -= 1;
      from.resume();
      if (found.fault === 'cut') return void from.socket.destroy();
      if (found.fault === 'silent') return undefined;
      if (found.fault === 'stalled') {
        return void to.writeHead(200, { 'content-length': 1000 }).write('tiếng làng');
      }
      return void to.writeHead(found.fault === 'refused' ? 403 : 503).end();
    }
    const { host, port } = { host: target.hostname, port: target.port };
    const { method, url: path, headers } = from;
    const passed = request({ host, port, method, path, headers }, (answer) => {
      to.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(to);
    });
    passed.on('error', () => to.destroy());
    from.pipe(passed);
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    proxy.closeAllConnections();
    proxy.close();
    await s3.stop();
  });
  const { port } = proxy.address() as AddressInfo;
  const store = createS3ClipStore({
    endpoint: `http://127.0.0.1:${port}`,
    region: 'us-east-1',
    bucket: S3_BUCKET,
    prefix: 'clips/',
    accessKeyId: 'S3RVER',
    secretAccessKey: 'S3RVER',
    silentMs: SILENT_MS,
  });
  const fail = (match: RegExp, fault: Fault, times: number) =>
    faults.push({ match, fault, left: times });
  return { store, fail, asked };
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
    fail(/^HEAD/, fault, 2);
    fail(/^GET/, fault, 2);
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
  await expect(store.verify(clip)).rejects.toThrow();
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
  await expect(store.has('0'.repeat(64))).rejects.toThrow();
});
