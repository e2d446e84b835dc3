import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RunningServer } from '#server/main.ts';
import {
  type ApiCaller,
  callAs,
  firstAdministrator,
  newPerson,
  takeOver,
} from '#tests/support/api-caller.ts';
import { createServerPlace, type ServerPlace } from '#tests/support/running-server.ts';

const id = '01900000-0000-7000-8000-000000000001';
const sha256 = 'a'.repeat(64);

let place: ServerPlace;
let server: RunningServer;

beforeAll(async () => {
  place = await createServerPlace();
});
afterAll(async () => {
  await place.remove();
});

describe('the one-time password of the first administrator', () => {
  beforeAll(async () => {
    server = await place.run();
  });
  afterAll(async () => {
    await server.stop();
  });

  test('opens nothing but the change of itself', async () => {
    const { username, oneTimePassword: password } = server.firstSignIn ?? {};
    const signedIn = await callAs(server.url).call('POST', '/api/sign-in', {
      json: { username, password },
    });
    const caller = callAs(server.url, Reflect.get(Object(signedIn.body), 'token'));
    expect(await caller.get('/api/me')).toMatchObject({ username, passwordChangeRequired: true });
    for (const path of ['/api/site', '/api/users', '/api/bulletins', `/clips/${sha256}`]) {
      const refused = await caller.call('GET', path);
      expect(refused, path).toMatchObject({
        status: 403,
        body: { code: 'passwordChangeRequired' },
      });
    }
  });

  test.each([
    { why: 'it has nine characters', newPassword: '123456789' },
    { why: 'it is empty', newPassword: '' },
    { why: 'it is longer than can be kept', newPassword: 'x'.repeat(129) },
  ])('is not changed to one that is refused because $why', async ({ newPassword }) => {
    const { username, oneTimePassword } = server.firstSignIn ?? {};
    const json = { username, password: oneTimePassword };
    const signedIn = await callAs(server.url).call('POST', '/api/sign-in', { json });
    const caller = callAs(server.url, Reflect.get(Object(signedIn.body), 'token'));
    const change = { currentPassword: oneTimePassword, newPassword };
    const refused = await caller.call('POST', '/api/password', { json: change });
    expect(refused).toMatchObject({ status: 422, body: { code: 'passwordTooWeak', minChars: 10 } });
  });

  test('is made anew at each start until somebody has changed it, and then never again', async () => {
    const old = server.firstSignIn;
    await server.stop();
    server = await place.run();
    expect(server.firstSignIn?.oneTimePassword).not.toBe(old?.oneTimePassword);
    const json = { username: old?.username, password: old?.oneTimePassword };
    const refused = await callAs(server.url).call('POST', '/api/sign-in', { json });
    expect(refused).toMatchObject({ status: 401, body: { code: 'signInFailed' } });
    const spent = server.firstSignIn;
    const administrator = await firstAdministrator(server);
    expect(await administrator.get('/api/me')).toMatchObject({ passwordChangeRequired: false });
    const again = await callAs(server.url).call('POST', '/api/sign-in', {
      json: { username: spent?.username, password: spent?.oneTimePassword },
    });
    expect(again.status).toBe(401);
    await server.stop();
    server = await place.run();
    expect(server.firstSignIn).toBeUndefined();
    const back = callAs(server.url, administrator.token);
    expect(await back.get('/api/site')).toMatchObject({ slug: 'xa-thu' });
  });
});

describe('people', () => {
  let home: ServerPlace;
  let administrator: ApiCaller;
  const people = new Map<string, ApiCaller>();

  beforeAll(async () => {
    home = await createServerPlace();
    server = await home.run();
    administrator = await firstAdministrator(server);
    for (const role of ['operator', 'approver', 'inspector', 'administrator']) {
      const person = { username: role, roles: [role] };
      people.set(role, await newPerson(server, administrator, person));
    }
  });
  afterAll(async () => {
    await server.stop();
    await home.remove();
  });

  const doors: { method: string; path: string; opensTo: readonly string[] }[] = [
    { method: 'GET', path: '/api/users', opensTo: ['administrator'] },
    { method: 'POST', path: '/api/users', opensTo: ['administrator'] },
    { method: 'POST', path: '/api/units', opensTo: ['administrator'] },
    { method: 'POST', path: '/api/speakers', opensTo: ['administrator'] },
    { method: 'POST', path: `/api/speakers/${id}/code`, opensTo: ['administrator'] },
    { method: 'POST', path: '/api/caps', opensTo: ['approver', 'administrator'] },
    { method: 'POST', path: '/api/caps/check', opensTo: ['approver', 'administrator'] },
    { method: 'POST', path: '/api/directives', opensTo: ['operator', 'approver', 'administrator'] },
    { method: 'POST', path: '/api/campaigns', opensTo: ['operator', 'approver', 'administrator'] },
    { method: 'POST', path: '/api/rules', opensTo: ['approver', 'administrator'] },
    { method: 'POST', path: '/api/rules/check', opensTo: ['approver', 'administrator'] },
    { method: 'POST', path: '/api/locks', opensTo: ['inspector', 'administrator'] },
    { method: 'POST', path: '/api/excuses', opensTo: ['inspector'] },
    { method: 'POST', path: '/api/corrections', opensTo: ['inspector'] },
    { method: 'POST', path: '/api/bulletins/audio?title=x', opensTo: ['operator'] },
    { method: 'POST', path: '/api/bulletins/text', opensTo: ['operator'] },
    { method: 'PUT', path: '/api/hotlines', opensTo: ['operator'] },
    { method: 'PUT', path: '/api/idents', opensTo: ['operator'] },
    { method: 'DELETE', path: `/api/hotlines/${id}`, opensTo: ['operator'] },
    { method: 'GET', path: '/api/uploads', opensTo: ['operator'] },
    { method: 'POST', path: '/api/uploads', opensTo: ['operator'] },
    { method: 'POST', path: '/api/uploads/described', opensTo: ['operator'] },
    { method: 'GET', path: `/api/uploads/${id}`, opensTo: ['operator'] },
    { method: 'PATCH', path: `/api/uploads/${id}`, opensTo: ['operator'] },
    { method: 'DELETE', path: `/api/uploads/${id}`, opensTo: ['operator'] },
    { method: 'POST', path: `/api/uploads/${id}/retry`, opensTo: ['operator'] },
    { method: 'POST', path: `/api/bulletins/${id}/submit`, opensTo: ['operator'] },
    { method: 'POST', path: `/api/bulletins/${id}/release`, opensTo: ['approver'] },
    { method: 'POST', path: `/api/bulletins/${id}/reject`, opensTo: ['approver'] },
    { method: 'POST', path: `/api/bulletins/${id}/withdraw`, opensTo: ['operator', 'approver'] },
    { method: 'POST', path: `/api/bulletins/${id}/facts`, opensTo: ['operator'] },
    { method: 'POST', path: `/api/bulletins/${id}/comments`, opensTo: ['operator', 'approver'] },
    { method: 'POST', path: '/api/settings/four-eyes', opensTo: ['approver', 'administrator'] },
    { method: 'GET', path: `/api/bulletins/${id}/original`, opensTo: ['operator'] },
    { method: 'POST', path: `/api/bulletins/${id}/making`, opensTo: ['operator'] },
    { method: 'POST', path: `/api/bulletins/${id}/making/preview`, opensTo: ['operator'] },
    {
      method: 'GET',
      path: `/api/village/bulletins/${id}/audio`,
      opensTo: ['operator', 'approver', 'inspector', 'administrator'],
    },
    { method: 'POST', path: '/api/limits', opensTo: ['approver', 'administrator'] },
    { method: 'POST', path: '/api/emergencies', opensTo: ['approver', 'administrator'] },
    {
      method: 'POST',
      path: `/api/emergencies/${id}/cancel`,
      opensTo: ['approver', 'administrator'],
    },
    { method: 'GET', path: '/api/audit', opensTo: ['inspector', 'administrator'] },
  ];

  test.each(doors)('$method $path opens to $opensTo alone', async ({ method, path, opensTo }) => {
    const nobody = await callAs(server.url).call(method, path);
    expect(nobody).toMatchObject({ status: 401, body: { code: 'notSignedIn' } });
    for (const [role, caller] of people) {
      const { body } = await caller.call(method, path);
      const code = Reflect.get(Object(body), 'code');
      if (opensTo.includes(role)) expect(code, role).not.toBe('notAllowed');
      else expect(code, role).toBe('notAllowed');
    }
  });

  test.each([
    '/api/me',
    '/api/site',
    '/api/units',
    '/api/speakers',
    '/api/rules',
    '/api/verdicts/week',
    '/api/reconciliation',
    '/api/inspection',
    '/api/bulletins',
    '/api/hotlines',
    '/api/limits/approval',
    '/api/hotlines/uses',
    '/api/idents',
  ])('%s is for everybody who is signed in, and for nobody else', async (path) => {
    for (const caller of people.values()) await caller.get(path);
    const nobody = await callAs(server.url).call('GET', path);
    expect(nobody).toMatchObject({ status: 401, body: { code: 'notSignedIn' } });
  });

  test('a new password ends the sessions that were open', async () => {
    const created = await administrator.post('/api/users', {
      username: 'hoa',
      name: 'Hoa',
      roles: ['operator'],
    });
    const oneTimePassword = Reflect.get(Object(created), 'oneTimePassword');
    const json = { username: 'hoa', password: oneTimePassword };
    const signedIn = await callAs(server.url).post('/api/sign-in', json);
    const old = callAs(server.url, Reflect.get(Object(signedIn), 'token'));
    const fresh = await takeOver(
      server.url,
      { username: 'hoa', oneTimePassword },
      'hoa sen trong ao',
    );
    expect((await old.call('GET', '/api/me')).status).toBe(401);
    expect(await fresh.get('/api/me')).toMatchObject({ username: 'hoa' });
  });

  test('a user name is taken once, whatever its case', async () => {
    const json = { username: 'OPERATOR', name: 'Hai', roles: ['operator'] };
    const refused = await administrator.call('POST', '/api/users', { json });
    expect(refused).toMatchObject({
      status: 409,
      body: { code: 'alreadyExists', what: 'user', id: 'operator' },
    });
  });

  test.each([
    { why: 'there is no role', json: { username: 'ba', name: 'Ba', roles: [] } },
    { why: 'the role is unknown', json: { username: 'baba', name: 'Ba', roles: ['root'] } },
    { why: 'the name is blank', json: { username: 'baba', name: '  ', roles: ['operator'] } },
    { why: 'the user name has blanks', json: { username: 'b a', name: 'B', roles: ['operator'] } },
    { why: 'the body is a list', json: [] },
  ])('nobody is made when $why', async ({ json }) => {
    const before = await administrator.get('/api/users');
    const refused = await administrator.call('POST', '/api/users', { json });
    expect(refused).toMatchObject({ status: 400, body: { code: 'requestInvalid' } });
    expect(await administrator.get('/api/users')).toEqual(before);
  });

  test('nobody is shown a password, not even its hash', async () => {
    const text = JSON.stringify(await administrator.get('/api/users'));
    expect(text).not.toMatch(/password(Hash)?"/i);
  });

  test('what is no JSON, too much of it, or no path at all is refused in both languages', async () => {
    const headers = { 'content-type': 'application/json' };
    const torn = await administrator.call('POST', '/api/units', { bytes: '{"parent":', headers });
    expect(torn).toMatchObject({ status: 400, body: { code: 'requestInvalid' } });
    const bytes = JSON.stringify({ name: 'x'.repeat(1_100_000) });
    const large = await administrator.call('POST', '/api/units', { bytes, headers });
    expect(large).toMatchObject({ status: 413, body: { code: 'bodyTooLarge' } });
    const lost = await administrator.call('GET', '/api/nothing');
    expect(lost).toMatchObject({ status: 404, body: { code: 'notFound' } });
    for (const { body, headers: answered } of [torn, large, lost]) {
      expect(body).toMatchObject({ sentence: { vi: expect.any(String), en: expect.any(String) } });
      expect(answered.get('content-type')).toContain('application/problem+json');
      expect(answered.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    }
  });

  test('another site cannot make a browser act with our cookie', async () => {
    const json = { username: 'operator', password: 'mật khẩu của operator' };
    const { headers } = await callAs(server.url).call('POST', '/api/sign-in', { json });
    const cookie = headers
      .getSetCookie()
      .map((text) => text.split(';')[0])
      .join('; ');
    expect(cookie).toContain('session');
    const path = `/api/bulletins/${id}/submit`;
    const call = (origin: string) =>
      callAs(server.url).call('POST', path, { headers: { cookie, origin } });
    expect(await call('http://evil.example')).toMatchObject({ body: { code: 'requestInvalid' } });
    expect(await call(server.url)).toMatchObject({ body: { code: 'notFound', what: 'bulletin' } });
  });

  test('the audit tells who did what, and no secret', async () => {
    const audit = await administrator.get('/api/audit');
    expect(audit).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          action: 'createUser',
          actor: { kind: 'user', id: expect.any(String) },
        }),
        expect.objectContaining({ action: 'setUpSite', actor: { kind: 'system', id: 'server' } }),
        expect.objectContaining({ action: 'changePassword' }),
      ]),
    );
    expect(JSON.stringify(audit)).not.toContain('passwordHash');
  });
});
