import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RunningServer } from '#server/main.ts';
import { createServerPlace, type ServerPlace } from '#tests/support/running-server.ts';

const page = '<!doctype html><title>Tiếng Làng</title>';
const script = 'console.log("Tiếng Làng");'.repeat(50);

let place: ServerPlace;
let server: RunningServer;
let dist: string;

const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(`${server.url}${path}`, { headers });
const asPage = { accept: 'text/html,application/xhtml+xml' };

const build = async (): Promise<void> => {
  await mkdir(join(dist, 'assets'), { recursive: true });
  await writeFile(join(dist, 'assets', 'main-4f3a.js'), script);
  await writeFile(join(dist, 'assets', 'main-4f3a.js.gz'), gzipSync(script));
  await writeFile(join(dist, 'index.html'), page);
};

beforeAll(async () => {
  place = await createServerPlace();
  dist = join(place.folder, 'dist');
  await mkdir(dist);
  server = await place.run({ settings: { CONSOLE_FOLDER: dist } });
});
afterAll(async () => {
  await server.stop();
  await place.remove();
});

test('without a build the page says in both languages what to do, and the API answers', async () => {
  const answer = await get('/', asPage);
  expect(answer.status).toBe(503);
  expect(await answer.text()).toMatch(
    /chưa được dựng.*npm start[\s\S]*has not been built.*npm start/,
  );
  expect((await get('/health')).status).toBe(200);
  await build();
});

test('every path that a browser opens is the console, asked for anew each time', async () => {
  for (const path of ['/', '/bulletins/0190', '/index.html']) {
    const answer = await get(path, asPage);
    expect(answer.status, path).toBe(200);
    expect(await answer.text()).toBe(page);
    expect(answer.headers.get('cache-control')).toBe('no-cache');
    expect(answer.headers.get('content-type')).toMatch(/^text\/html/);
  }
});

test('a hashed file is kept for ever, and comes compressed to who can read that', async () => {
  const packed = await get('/assets/main-4f3a.js', { 'accept-encoding': 'gzip' });
  expect(packed.headers.get('content-encoding')).toBe('gzip');
  expect(packed.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
  expect(packed.headers.get('vary')).toContain('Accept-Encoding');
  expect(await packed.text()).toBe(script);
  const plain = await get('/assets/main-4f3a.js', { 'accept-encoding': 'identity' });
  expect(plain.headers.get('content-encoding')).toBeNull();
  expect(await plain.text()).toBe(script);
});

test.each(['/assets/main-0000.js', '/api/nothing', '/clips', '/health/no', '/no/such.png'])(
  '%s is no page of the console',
  async (path) => {
    const answer = await get(path, path.endsWith('.png') ? {} : asPage);
    expect(answer.status).toBe(404);
    expect(answer.headers.get('content-type')).toMatch(/problem\+json/);
  },
);

test('nothing beside the console is served', async () => {
  await writeFile(join(place.folder, 'secret.txt'), 'khóa');
  for (const path of ['/..%2fsecret.txt', '/%2e%2e/secret.txt', '/assets/..%5c..%5csecret.txt']) {
    expect((await get(path)).status, path).toBe(404);
  }
});

test('a page may load nothing from elsewhere, and nobody may frame it', async () => {
  const { headers } = await get('/', asPage);
  const policy = headers.get('content-security-policy') ?? '';
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("script-src 'self';");
  expect(policy).toContain("frame-ancestors 'none'");
  expect(headers.get('x-content-type-options')).toBe('nosniff');
  expect(headers.get('x-frame-options')).toBe('DENY');
  expect(headers.get('referrer-policy')).toBe('same-origin');
  expect(headers.get('strict-transport-security')).toBeNull();
});
