import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { enrolmentGrantSchema } from '#schemas/enrolment.ts';
import type { RunningServer } from '#server/main.ts';
import { writeCertificate } from '#tests/support/certificates.ts';
import { freePort } from '#tests/support/mosquitto.ts';
import { newMachine } from '#tests/support/new-machine.ts';
import {
  openReverseProxy,
  PROXY_ADDRESS,
  type ReverseProxy,
} from '#tests/support/reverse-proxy.ts';
import { createServerPlace, type ServerPlace } from '#tests/support/running-server.ts';
import { ask, type WireAnswer, type WireRequest } from '#tests/support/secure-request.ts';

/** More tries that fail than one address has in a minute. Source: server/auth/accounts.ts. */
const TOO_MANY = 22;
const EVIL = 'https://evil.example';

let place: ServerPlace;
let proxy: ReverseProxy;
let server: RunningServer;
let ca: string;
let directUrl: string;

beforeAll(async () => {
  place = await createServerPlace();
  const files = await writeCertificate(join(place.folder, 'tls'));
  ca = files.ca;
  proxy = await openReverseProxy(files);
  const port = await freePort();
  directUrl = `http://127.0.0.1:${port}`;
  proxy.leadTo(directUrl);
  server = await place.run({
    settings: {
      HTTP_PORT: `${port}`,
      HTTP_PUBLIC_URL: proxy.secureUrl,
      TRUSTED_PROXY: `${PROXY_ADDRESS}, 10.9.0.0/16`,
    },
  });
});
afterAll(async () => {
  await server?.stop();
  await proxy?.close();
  await place?.remove();
});

const signIn = (url: string, password: string, more: WireRequest = {}): Promise<WireAnswer> => {
  const json = { username: 'admin', password };
  return ask(`${url}/api/sign-in`, { method: 'POST', json, ca, ...more });
};
const tryOften = async (url: string, more: (at: number) => WireRequest): Promise<unknown> => {
  let last: WireAnswer | undefined;
  for (let at = 0; at < TOO_MANY; at += 1) last = await signIn(url, 'sai mật khẩu', more(at));
  return last?.status;
};
const forged = (at: number) => ({ 'x-forwarded-for': `203.0.113.${at}` });

test('behind a proxy of ours each caller’s tries are counted by its own address, whatever it forges', async () => {
  const from = '127.0.0.5';
  expect(await tryOften(proxy.secureUrl, (at) => ({ from, headers: forged(at) }))).toBe(429);
  const other = await signIn(proxy.secureUrl, 'sai mật khẩu', { from: '127.0.0.6' });
  expect(other.status, 'somebody else behind the same proxy').toBe(401);
});

test('past the proxy nobody’s word on the caller is taken', async () => {
  const from = '127.0.0.7';
  expect(await tryOften(directUrl, (at) => ({ from, headers: forged(at) }))).toBe(429);
  const innocent = await signIn(proxy.secureUrl, 'sai mật khẩu', { from: '127.0.0.8' });
  expect(innocent.status).toBe(401);
});

test('of several proxies the last one that is not ours is the caller', async () => {
  const headers = { 'x-forwarded-for': '198.51.100.9, 10.9.3.4', 'x-forwarded-proto': 'https' };
  const from = PROXY_ADDRESS;
  expect(await tryOften(directUrl, () => ({ from, headers }))).toBe(429);
  const elsewhere = { ...headers, 'x-forwarded-for': '198.51.100.10, 10.9.3.4' };
  expect((await signIn(directUrl, 'sai', { from, headers: elsewhere })).status).toBe(401);
});

test('behind the proxy cookies are for HTTPS only, and only our own pages may use them', async () => {
  const signedIn = await signIn(proxy.secureUrl, server.firstSignIn?.oneTimePassword ?? '');
  expect(signedIn.status).toBe(200);
  const cookies = [signedIn.headers['set-cookie'] ?? []].flat();
  expect(cookies.length).toBeGreaterThan(0);
  for (const cookie of cookies) expect(cookie).toMatch(/^__Secure-.*; Secure/);
  const cookie = cookies.map((text) => text.split(';')[0]).join('; ');
  const leave = (origin: string, more: Readonly<Record<string, string>> = {}) =>
    ask(`${proxy.secureUrl}/api/sign-out`, {
      method: 'POST',
      ca,
      headers: { cookie, origin, ...more },
    });
  expect(JSON.parse((await leave(EVIL)).body)).toMatchObject({ code: 'requestInvalid' });
  const forgedHost = await leave(EVIL, { 'x-forwarded-host': 'evil.example' });
  expect(JSON.parse(forgedHost.body)).toMatchObject({ code: 'requestInvalid' });
  expect((await ask(`${proxy.secureUrl}/api/me`, { ca, headers: { cookie } })).status).toBe(200);
  expect((await leave(proxy.secureUrl)).status).toBe(200);
  expect((await ask(`${proxy.secureUrl}/api/me`, { ca, headers: { cookie } })).status).toBe(401);
});

test('who came to the proxy in plain HTTP is led to HTTPS, and a sender is refused', async () => {
  const read = await ask(`${proxy.plainUrl}/bulletins?x=1`);
  expect(read.status).toBe(302);
  expect(read.headers.location).toBe(`${proxy.secureUrl}/bulletins?x=1`);
  const sent = await signIn(proxy.plainUrl, 'mật khẩu');
  expect(sent.status).toBe(426);
  expect(JSON.parse(sent.body)).toMatchObject({ code: 'httpsNeeded', url: proxy.secureUrl });
});

test('the scheme that anybody else claims is not read', async () => {
  const headers = { 'x-forwarded-proto': 'http' };
  expect((await ask(`${directUrl}/health`, { headers })).status).toBe(200);
});

test('a speaker enrols through the proxy, and fetches its clips through it', async () => {
  const code = (await server.issueCodeForWaitingSpeaker())?.code ?? '';
  const json = newMachine().request(code);
  const answer = await ask(`${proxy.secureUrl}/api/enrol`, { method: 'POST', json, ca });
  const { clips, broker } = enrolmentGrantSchema.parse(JSON.parse(answer.body));
  expect(clips.url).toBe(`${proxy.secureUrl}/clips`);
  const headers = { authorization: `Bearer ${broker.password}` };
  const known = await ask(`${clips.url}/${'a'.repeat(64)}`, { ca, headers });
  expect(known.status, 'known, but no such clip').toBe(404);
});
