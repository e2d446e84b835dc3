import { afterAll, beforeAll, expect, test } from 'vitest';
import { readScriptFile } from '#content/script-file/read-script-file.ts';
import { systemClock } from '#runtime/clock.ts';
import { sha256 } from '#runtime/signing.ts';
import { type Bulletin, bulletinSchema } from '#schemas/entities/bulletin.ts';
import { MAX_LIST } from '#server/ports/store.ts';
import { type ApiCaller, newPerson } from '#tests/support/api-caller.ts';
import { newId } from '#tests/support/site-in-store.ts';
import { type Newsroom, openNewsroom } from './newsroom.ts';

let newsroom: Newsroom;
let head: ApiCaller;
let village: string;
let neighbour: string;
let commune: string;

const addUnit = async (parent: string, name: string): Promise<string> => {
  const json = { parent, level: 'village', name };
  return Object(await newsroom.administrator.post('/api/units', json)).id;
};

beforeAll(async () => {
  newsroom = await openNewsroom();
  const units = Object(await newsroom.operator.get('/api/units'));
  commune = units.find(({ level }: { level: string }) => level === 'commune').id;
  village = await addUnit(commune, 'Thôn Thượng');
  neighbour = await addUnit(commune, 'Thôn Hạ');
  const json = { username: 'truong', roles: ['villageHead'], unit: village };
  head = await newPerson(newsroom.server, newsroom.administrator, json);
});
afterAll(() => newsroom.close());

const write = async (title: string, more: object = {}): Promise<Bulletin> => {
  const text = `Bà con **chú ý**: ${title.toLowerCase()}.`;
  return bulletinSchema.parse(
    await newsroom.operator.post('/api/bulletins/text', { title, text, ...more }),
  );
};

const release = async ({ id, clip }: Bulletin): Promise<void> => {
  await newsroom.approver.post(`/api/bulletins/${id}/release`, { clip });
};

const offered = async (): Promise<readonly string[]> =>
  Object(await head.get('/api/village/bulletins')).map(({ id }: { id: string }) => id);

const fetchFile = (caller: ApiCaller, path: string): Promise<Response> =>
  fetch(`${newsroom.server.url}${path}`, { headers: { authorization: `Bearer ${caller.token}` } });

test('a village head is offered what is approved, valid and meant for the village, and nothing else', async () => {
  const own = await write('Họp thôn', { units: [village] });
  const ofCommune = await write('Tiêm phòng', { units: [commune] });
  const ofAll = await write('Cắt điện');
  const foreign = await write('Thu gom rác', { units: [neighbour] });
  const waiting = await write('Đóng góp quỹ', { units: [village] });
  const later = await write('Hội làng', { validFromMs: Date.UTC(2090, 0, 1) });
  const ident = await write('Nhạc hiệu của xã', { role: 'ident' });
  for (const each of [own, ofCommune, ofAll, foreign, later, ident]) await release(each);
  expect(new Set(await offered())).toEqual(new Set([own.id, ofCommune.id, ofAll.id]));
  for (const { id } of [foreign, waiting, later, ident]) {
    const refused = await head.call('GET', `/api/village/bulletins/${id}/audio`);
    expect(refused).toMatchObject({ status: 404, body: { code: 'notFound' } });
  }
  await newsroom.operator.post(`/api/bulletins/${own.id}/withdraw`);
  expect(await offered()).not.toContain(own.id);
});

test('the clip is a file with a speakable name and exactly the approved bytes, and the audit names who took it', async () => {
  const bulletin = await write('Đề phòng lừa đảo: “cán bộ” giả');
  await release(bulletin);
  const path = `/api/village/bulletins/${bulletin.id}/audio`;
  const response = await fetchFile(head, path);
  expect(response.headers.get('content-disposition')).toBe(
    'attachment; filename="De phong lua dao -can bo- gia.mp3"; ' +
      `filename*=UTF-8''${encodeURIComponent('Đề phòng lừa đảo “cán bộ” giả.mp3')}`,
  );
  expect(sha256(new Uint8Array(await response.arrayBuffer()))).toBe(bulletin.clip);
  const thread = Object(await newsroom.operator.get(`/api/bulletins/${bulletin.id}/thread`));
  expect(thread.entries.at(-1)).toMatchObject({ deed: 'downloadBulletin', by: 'truong' });
});

test('a file that is fetched in many requests is one deed a day, and however many there are, who brought and released it stays known', async () => {
  const bulletin = await write('Tải nhiều lần');
  await release(bulletin);
  const url = `${newsroom.server.url}/api/village/bulletins/${bulletin.id}`;
  const headers = { authorization: `Bearer ${head.token}` };
  for (const range of ['bytes=0-', 'bytes=0-9', 'bytes=10-99']) {
    await fetch(`${url}/audio`, { headers: { ...headers, range } });
  }
  await fetch(`${url}/audio`, { method: 'HEAD', headers });
  for (const form of ['txt', 'docx', 'txt']) await fetch(`${url}/script?form=${form}`, { headers });
  const deeds = async () =>
    Object(await newsroom.operator.get(`/api/bulletins/${bulletin.id}/thread`)).entries.map(
      ({ deed }: { deed: string }) => deed,
    );
  const [brought, taken] = [['bringBulletin', 'releaseBulletin'], 'downloadBulletin'];
  expect(await deeds()).toEqual([...brought, taken, taken, taken]);
  const [mine] = await newsroom.inStore((store) => store.auditOf([bulletin.id], [taken]));
  const audit = Array.from({ length: MAX_LIST }, () => ({
    ...{ id: newId(), actor: { kind: 'user', id: 'truong' } as const, action: taken },
    ...{ subject: bulletin.id, facts: {}, atMs: Date.UTC(2090, 0, 1) },
  }));
  await newsroom.inStore((store) => store.commit({ changes: [], audit }));
  expect((await deeds()).slice(0, 3)).toEqual([...brought, taken]);
  await fetch(`${url}/audio`, { headers });
  const own = { actor: mine?.actor.id ?? '', action: taken, subject: bulletin.id, fromMs: 0 };
  expect(await newsroom.inStore((store) => store.deedsSince(own))).toHaveLength(3);
});

test('the script is a Word file or plain text, as it is read from paper', async () => {
  const bulletin = await write('Phòng cháy & chữa cháy');
  await release(bulletin);
  const path = `/api/village/bulletins/${bulletin.id}/script`;
  const read = 'Bà con chú ý: phòng cháy & chữa cháy.';
  const word = Buffer.from(await (await fetchFile(head, path)).arrayBuffer());
  expect(await readScriptFile(word, systemClock())).toEqual({
    ok: true,
    value: `${bulletin.title}\n${read}`,
  });
  const plain = await fetchFile(head, `${path}?form=txt`);
  expect(plain.headers.get('content-disposition')).toContain('.txt');
  expect(await plain.text()).toBe(`${bulletin.title}\n\n${read}\n`);
});

test('what says the name and the number of a village is handed to that village with its own', async () => {
  const text = 'Đây là {don-vi}. Bà con gọi trưởng thôn, số {truong-thon}.';
  const heads = [
    { unit: village, number: '0912 345 678' },
    { unit: neighbour, number: '0987 654 321' },
  ];
  for (const { unit, number } of heads) {
    const json = { key: 'truong-thon', kind: 'villageHead', name: 'Trưởng thôn', unit, number };
    await newsroom.operator.call('PUT', '/api/hotlines', { json });
    await release(await write('Liên hệ trưởng thôn', { text, units: [unit] }));
  }
  const listed = Object(await head.get('/api/village/bulletins'));
  const handed = listed.filter(({ title }: Bulletin) => title === 'Liên hệ trưởng thôn');
  expect(handed).toMatchObject([
    { script: 'Đây là Thôn Thượng. Bà con gọi trưởng thôn, số 0912 345 678.' },
  ]);
});

test('a recording without a script has no script to take along', async () => {
  const brought = await newsroom.upload(newsroom.operator, await newsroom.speech(70));
  const bulletin = bulletinSchema.parse(brought.body);
  await release(bulletin);
  const path = `/api/village/bulletins/${bulletin.id}`;
  expect(await head.call('GET', `${path}/script`)).toMatchObject({ status: 404 });
  expect(await head.call('GET', `${path}/audio`)).toMatchObject({ status: 200 });
});

test('a village head sees nothing else of the site', async () => {
  const bulletin = await write('Không dành cho trưởng thôn xem nháp');
  for (const path of [
    ...['/api/bulletins', `/api/bulletins/${bulletin.id}`, `/api/bulletins/${bulletin.id}/audio`],
    ...[`/api/bulletins/${bulletin.id}/thread`, `/clips/${bulletin.clip}`, '/api/units'],
    ...['/api/speakers', '/api/settings', '/api/audit', '/api/users', '/api/events'],
    ...['/api/campaigns', '/api/rules', '/api/readiness', '/api/emergencies', '/api/hotlines'],
  ]) {
    const refused = await head.call('GET', path);
    expect(refused, path).toMatchObject({ status: 403, body: { code: 'notAllowed' } });
  }
  expect(await head.get('/api/me')).toMatchObject({ roles: ['villageHead'], unit: village });
  expect(await head.get('/api/site')).toMatchObject({ slug: 'xa-thu' });
});

test.each([
  { why: 'a village head of no unit', roles: ['villageHead'], unit: null, status: 400 },
  { why: 'a unit without the role', roles: ['operator'], unit: 'village', status: 400 },
  { why: 'an unknown unit', roles: ['villageHead'], unit: 'nowhere', status: 404 },
])('$why is refused', async ({ roles, unit, status }) => {
  const unknown = '01900000-0000-7000-8000-0000000000ff';
  const ids: Readonly<Record<string, string>> = { village, nowhere: unknown };
  const json = { username: 'ai.do', name: 'Ai đó', roles, unit: unit && ids[unit] };
  const refused = await newsroom.administrator.call('POST', '/api/users', { json });
  expect(refused.status).toBe(status);
});
