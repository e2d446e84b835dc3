import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createDiskClipStore } from '#content/disk-clip-store.ts';
import type { ByteRange, ClipStore } from '#content/ports.ts';
import { createS3ClipStore } from '#content/s3-clip-store.ts';
import { PART_BYTES } from '#content/s3-upload.ts';
import { systemClock } from '#runtime/clock.ts';
import { S3_BUCKET, startS3Server } from '../support/s3-server.ts';

const CLIP_BYTES = 700_001;
const NOBODY = '0'.repeat(64);

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Bytes that repeat nowhere near, so that a shifted or doubled piece is seen. */
const makeBytes = (count: number): Buffer => {
  const bytes = Buffer.alloc(count);
  for (let at = 0; at < count; at += 1) bytes[at] = (at * 7 + (at >> 8) * 13 + (at >> 16)) & 255;
  return bytes;
};

type Opened = {
  store: ClipStore;
  /** Where the bytes of a clip really stand, to spoil them. */
  pathOf: (hash: string) => Promise<string>;
  close: () => Promise<void>;
};

const openDisk = async (): Promise<Opened> => {
  const root = await mkdtemp(join(tmpdir(), 'disk-store-'));
  return {
    store: await createDiskClipStore(root),
    pathOf: async (hash) => join(root, hash.slice(0, 2), hash),
    close: () => rm(root, { recursive: true }),
  };
};

const openS3 = async (): Promise<Opened> => {
  const server = await startS3Server();
  const store = createS3ClipStore({
    endpoint: server.endpoint,
    region: 'us-east-1',
    bucket: S3_BUCKET,
    prefix: 'village/',
    accessKeyId: 'S3RVER',
    secretAccessKey: 'S3RVER',
  });
  const pathOf = async (hash: string) => {
    const names = await readdir(server.folder, { recursive: true });
    const name = names.find((each) => each.includes(hash) && each.endsWith('_object'));
    return join(server.folder, name ?? 'none');
  };
  return { store, pathOf, close: server.stop };
};

describe.each([
  { kind: 'a folder', openStore: openDisk },
  { kind: 'an S3-compatible server', openStore: openS3 },
])('a clip store in $kind', ({ openStore }) => {
  const bytes = makeBytes(CLIP_BYTES);
  const hash = sha256(bytes);
  let opened: Opened;
  let folder = '';
  let source = '';

  beforeAll(async () => {
    opened = await openStore();
    folder = await mkdtemp(join(tmpdir(), 'clip-source-'));
    source = join(folder, 'clip.mp3');
    await writeFile(source, bytes);
    expect(await opened.store.put(hash, source)).toEqual({ ok: true, value: undefined });
  });
  afterAll(async () => {
    await opened.close();
    await rm(folder, { recursive: true });
  });

  const read = async (range?: ByteRange): Promise<Buffer> => {
    const stream = await opened.store.open(hash, range);
    if (!stream.ok) throw new Error(stream.problem.code);
    return buffer(stream.value);
  };

  test('gives back the very bytes and their number, and leaves the source', async () => {
    expect((await read()).equals(bytes)).toBe(true);
    expect(await opened.store.has(hash)).toBe(true);
    expect(await opened.store.size(hash)).toEqual({ ok: true, value: CLIP_BYTES });
    expect(await opened.store.verify(hash)).toEqual({ ok: true, value: undefined });
    expect((await readFile(source)).equals(bytes)).toBe(true);
  });

  test.each([
    { from: 0, to: 2, why: 'the first bytes' },
    { from: 1, to: 2, why: 'one byte' },
    { from: 300_000, to: CLIP_BYTES, why: 'a download that goes on' },
    { from: CLIP_BYTES - 1, to: CLIP_BYTES, why: 'the last byte' },
  ])('gives bytes [$from, $to): $why', async ({ from, to }) => {
    expect((await read({ from, to })).equals(bytes.subarray(from, to))).toBe(true);
  });

  test('takes the same clip twice', async () => {
    expect((await opened.store.put(hash, source)).ok).toBe(true);
    expect((await read()).equals(bytes)).toBe(true);
  });

  test('says that a clip is missing, whichever way it is asked for', async () => {
    const missing = { ok: false, problem: { code: 'clipMissing', sha256: NOBODY } };
    expect(await opened.store.has(NOBODY)).toBe(false);
    expect(await opened.store.size(NOBODY)).toEqual(missing);
    expect(await opened.store.open(NOBODY)).toEqual(missing);
    expect(await opened.store.verify(NOBODY)).toEqual(missing);
  });

  test('refuses bytes that do not have their hash, and keeps nothing of them', async () => {
    const put = await opened.store.put(NOBODY, source);
    expect(put).toEqual({ ok: false, problem: { code: 'clipCorrupt', sha256: NOBODY } });
    expect(await opened.store.has(NOBODY)).toBe(false);
  });

  test('finds a clip whose bytes were swapped behind its back', async () => {
    const other = makeBytes(1000);
    const path = join(folder, 'other.mp3');
    await writeFile(path, other);
    const otherHash = sha256(other);
    await opened.store.put(otherHash, path);
    await writeFile(await opened.pathOf(otherHash), other.fill(0, 500, 501));
    const corrupt = { ok: false, problem: { code: 'clipCorrupt', sha256: otherHash } };
    expect(await opened.store.verify(otherHash)).toEqual(corrupt);
  });

  test('lists every clip that it holds, once, with its bytes', async () => {
    const held: { readonly sha256: string; readonly bytes: number }[] = [];
    for await (const { sha256: listed, bytes: length } of opened.store.list()) {
      held.push({ sha256: listed, bytes: length });
    }
    expect(held).toContainEqual({ sha256: hash, bytes: CLIP_BYTES });
    expect(new Set(held.map((each) => each.sha256)).size).toBe(held.length);
  });

  test('takes a clip of more than two parts of an upload', async () => {
    const long = makeBytes(2 * PART_BYTES + 1);
    const path = join(folder, 'long.mp3');
    await writeFile(path, long);
    expect(await opened.store.put(sha256(long), path)).toEqual({ ok: true, value: undefined });
    expect(await opened.store.size(sha256(long))).toEqual({ ok: true, value: long.length });
    expect(await opened.store.verify(sha256(long))).toEqual({ ok: true, value: undefined });
  });

  test('forgets a clip that is removed, and minds no second time', async () => {
    const path = join(folder, 'short-lived.mp3');
    await writeFile(path, 'short-lived');
    const shortLived = sha256(Buffer.from('short-lived'));
    await opened.store.put(shortLived, path);
    await opened.store.remove(shortLived);
    await opened.store.remove(shortLived);
    expect(await opened.store.has(shortLived)).toBe(false);
  });
});

test('an S3 store links to one clip for a time, and a folder to none', async () => {
  const opened = await openS3();
  const folder = await mkdtemp(join(tmpdir(), 'clip-source-'));
  const bytes = makeBytes(1000);
  const hash = sha256(bytes);
  await writeFile(join(folder, 'clip.mp3'), bytes);
  await opened.store.put(hash, join(folder, 'clip.mp3'));
  const nowMs = systemClock().wallMs();
  const linkAt = async (fromMs: number) =>
    (await opened.store.link(hash, { nowMs: fromMs, seconds: 300 })) ?? '';
  const answer = await fetch(await linkAt(nowMs), { headers: { range: 'bytes=10-' } });
  expect(answer.status).toBe(206);
  expect(Buffer.from(await answer.arrayBuffer()).equals(bytes.subarray(10))).toBe(true);
  expect((await fetch(await linkAt(nowMs - 301_000))).status).toBe(403);
  const disk = await openDisk();
  expect(await disk.store.link(hash, { nowMs, seconds: 300 })).toBeNull();
  await Promise.all([opened.close(), disk.close(), rm(folder, { recursive: true })]);
});

test('an S3 store that gives another range than asked for is not believed', async () => {
  const opened = await openS3();
  const folder = await mkdtemp(join(tmpdir(), 'clip-source-'));
  const bytes = makeBytes(1000);
  await writeFile(join(folder, 'clip.mp3'), bytes);
  await opened.store.put(sha256(bytes), join(folder, 'clip.mp3'));
  // s3rver takes the range 0-0 for none and gives everything.
  await expect(opened.store.open(sha256(bytes), { from: 0, to: 1 })).rejects.toThrow(
    'InvalidRange',
  );
  await opened.close();
  await rm(folder, { recursive: true });
});

test('a folder store removes at its start what a killed process left unfinished', async () => {
  const root = await mkdtemp(join(tmpdir(), 'disk-store-'));
  await createDiskClipStore(root);
  await mkdir(join(root, 'incoming', 'clip-abc'));
  await writeFile(join(root, 'incoming', 'clip-abc', NOBODY), 'half of a clip');
  const store = await createDiskClipStore(root);
  expect(await readdir(join(root, 'incoming'))).toEqual([]);
  expect(await store.has(NOBODY)).toBe(false);
  await rm(root, { recursive: true });
});
