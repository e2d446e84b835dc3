import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Bulletin, bulletinSchema } from '#schemas/entities/bulletin.ts';
import { type ApiCaller, newPerson } from '#tests/support/api-caller.ts';
import { openLiveClient } from '#tests/support/live-client.ts';
import { type Newsroom, openNewsroom } from './newsroom.ts';

let newsroom: Newsroom;

beforeAll(async () => {
  newsroom = await openNewsroom();
});
afterAll(() => newsroom.close());

let texts = 0;
const write = async (caller: ApiCaller, more: object = {}): Promise<Bulletin> => {
  texts += 1;
  const text = `Bà con chú ý, đây là thông báo số ${texts}.`;
  const json = { title: 'Thông báo', text, campaigns: [newsroom.campaign], ...more };
  return bulletinSchema.parse(await caller.post('/api/bulletins/text', json));
};

const released = async (more: object = {}): Promise<Bulletin> => {
  const { id, clip } = await write(newsroom.operator, more);
  const path = `/api/bulletins/${id}/release`;
  return bulletinSchema.parse(await newsroom.approver.post(path, { clip }));
};

const change = async (caller: ApiCaller, { id }: Bulletin, json: object): Promise<Bulletin> =>
  bulletinSchema.parse(await caller.post(`/api/bulletins/${id}/facts`, json));

test('of a released bulletin words and whatever makes it sound less change at once', async () => {
  const bulletin = await released();
  const [unit] = Object(await newsroom.operator.get('/api/units'));
  const json = { title: 'Cắt điện', supplier: 'Điện lực', units: [unit.id] };
  const changed = await change(newsroom.operator, bulletin, json);
  expect(changed).toEqual({ ...bulletin, ...json });
});

test('what lets a released bulletin sound more waits for an approver, and it sounds as before until then', async () => {
  const bulletin = await released();
  const expiresMs = bulletin.expiresMs + 86_400_000;
  const reason = 'Kéo dài thêm một ngày';
  const next = await change(newsroom.operator, bulletin, { expiresMs, reason });
  expect(next).toMatchObject({
    ...{ state: 'submitted', version: 2, first: bulletin.id, versionReason: reason, expiresMs },
    clip: bulletin.clip,
  });
  const path = `/api/bulletins/${bulletin.id}`;
  expect(await newsroom.operator.get(path)).toEqual(bulletin);
  await newsroom.approver.post(`/api/bulletins/${next.id}/release`, { clip: next.clip });
  expect(await newsroom.operator.get(path)).toMatchObject({ state: 'replaced' });
});

test('an approver releases what was looked at: facts of a submitted bulletin make another version', async () => {
  const bulletin = await write(newsroom.operator);
  const next = await change(newsroom.operator, bulletin, { priority: 'priority' });
  expect(next.id).not.toBe(bulletin.id);
  const stale = await newsroom.approver.call('POST', `/api/bulletins/${bulletin.id}/release`, {
    json: { clip: bulletin.clip },
  });
  expect(stale).toMatchObject({ status: 409, body: { code: 'wrongState', state: 'replaced' } });
});

test('a draft changes in the hands of who made it; in other hands it becomes theirs too', async () => {
  const draft = await write(newsroom.operator, { submit: false });
  const facts = { priority: 'priority', reason: 'Công an xã yêu cầu phát trước' };
  const own = await change(newsroom.operator, draft, facts);
  expect(own).toMatchObject({ id: draft.id, state: 'draft', priority: 'priority' });
  // No version says why; the audit does.
  const audit = JSON.stringify(await newsroom.administrator.get('/api/audit'));
  expect(audit).toContain(facts.reason);
  const foreign = await change(newsroom.both, draft, { priority: 'normal' });
  expect(foreign).toMatchObject({ version: 2, state: 'draft' });
  await newsroom.both.post(`/api/bulletins/${foreign.id}/submit`);
  const json = { clip: foreign.clip };
  const refused = await newsroom.both.call('POST', `/api/bulletins/${foreign.id}/release`, {
    json,
  });
  expect(refused).toMatchObject({ body: { code: 'fourEyes' } });
});

test('a bulletin that would expire before it may sound, or is for nobody known, is refused', async () => {
  const bulletin = await write(newsroom.operator);
  const path = `/api/bulletins/${bulletin.id}/facts`;
  const ask = (json: object) => newsroom.operator.call('POST', path, { json });
  expect(await ask({ expiresMs: 1 })).toMatchObject({ body: { code: 'requestInvalid' } });
  const units = ['01900000-0000-7000-8000-0000000000ff'];
  expect(await ask({ units })).toMatchObject({ body: { code: 'unknownUnit' } });
  expect(await newsroom.operator.get(`/api/bulletins/${bulletin.id}`)).toEqual(bulletin);
});

test('everything that happened to a bulletin stands in one thread with names and instants, also over versions', async () => {
  const { operator, approver } = newsroom;
  const bulletin = await write(operator);
  const live = await openLiveClient(newsroom.server.url, operator.token);
  await approver.post(`/api/bulletins/${bulletin.id}/comments`, {
    text: ' Đọc chậm hơn.\r\nNhấn câu cuối. ',
  });
  await live.next((event) => event.kind === 'listChanged' && event.list === 'bulletinComments');
  live.leave();
  await approver.post(`/api/bulletins/${bulletin.id}/reject`, {
    reason: 'Đọc quá nhanh,\nthiếu địa điểm',
  });
  const next = await change(operator, bulletin, { title: 'Đọc chậm', reason: 'Theo góp ý' });
  await approver.post(`/api/bulletins/${next.id}/release`, { clip: next.clip });
  await operator.post(`/api/bulletins/${next.id}/withdraw`);
  const thread = Object(await operator.get(`/api/bulletins/${next.id}/thread`));
  expect(thread.versions).toMatchObject([
    { id: bulletin.id, state: 'rejected', script: bulletin.script },
    { id: next.id, state: 'withdrawn' },
  ]);
  expect(thread.entries).toMatchObject([
    { deed: 'bringBulletin', version: 1, by: 'lan', text: null },
    { deed: 'commentBulletin', version: 1, by: 'minh', text: 'Đọc chậm hơn.\nNhấn câu cuối.' },
    { deed: 'rejectBulletin', version: 1, by: 'minh', text: 'Đọc quá nhanh,\nthiếu địa điểm' },
    { deed: 'bringBulletin', version: 2, by: 'lan', text: 'Theo góp ý' },
    { deed: 'releaseBulletin', version: 2, by: 'minh', text: null },
    { deed: 'withdrawBulletin', version: 2, by: 'lan', text: null },
  ]);
  const instants = thread.entries.map(({ atMs }: { atMs: number }) => atMs);
  expect(instants).toEqual(instants.toSorted((a: number, b: number) => a - b));
  const empty = await operator.call('POST', `/api/bulletins/${next.id}/comments`, {
    json: { text: '  ' },
  });
  expect(empty.status).toBe(400);
});

test('four eyes are demanded by any administrator and given up by an approver alone; the audit keeps it', async () => {
  const { administrator, approver, both, server } = newsroom;
  const path = '/api/settings/four-eyes';
  const plain = await newPerson(server, administrator, {
    username: 'tuan',
    roles: ['administrator'],
  });
  expect(await plain.call('POST', path, { json: { fourEyes: false } })).toMatchObject({
    ...{ status: 403, body: { code: 'notAllowed', needs: 'approver' } },
  });
  const bulletin = await write(both);
  const release = () =>
    both.call('POST', `/api/bulletins/${bulletin.id}/release`, { json: { clip: bulletin.clip } });
  expect(await release()).toMatchObject({ status: 403, body: { code: 'fourEyes' } });
  await approver.post(path, { fourEyes: false });
  expect((await release()).status).toBe(200);
  expect(await plain.post(path, { fourEyes: true })).toMatchObject({ fourEyes: true });
  const audit = JSON.stringify(await plain.get('/api/audit'));
  expect(audit).toContain('"action":"setFourEyes"');
});

test('the words of a recording are released with it, and a placeholder in them needs a number', async () => {
  const { operator, approver } = newsroom;
  const brought = await newsroom.upload(operator, await newsroom.speech(40));
  const recording = bulletinSchema.parse(brought.body);
  const path = `/api/bulletins/${recording.id}/facts`;
  const words = 'Có việc gấp, xin gọi {truc-ban-dem}.';
  const refused = await operator.call('POST', path, { json: { script: words } });
  expect(refused).toMatchObject({ body: { code: 'numberMissing' } });
  const line = { key: 'truc-ban-dem', kind: 'authority', name: 'Trực ban', unit: null };
  const setNumber = (number: string | null) =>
    operator.call('PUT', '/api/hotlines', { json: { ...line, number } });
  await setNumber('0237 3721 444');
  const next = await change(operator, recording, { script: words });
  expect(next).toMatchObject({ script: words, manner: null, clip: recording.clip, version: 2 });
  const release = () =>
    approver.call('POST', `/api/bulletins/${next.id}/release`, { json: { clip: next.clip } });
  await setNumber(null);
  expect(await release()).toMatchObject({ body: { code: 'numberMissing' } });
  await setNumber('0237 3721 444');
  expect(await release()).toMatchObject({ status: 200 });
  const handed = JSON.stringify(await operator.get('/api/village/bulletins'));
  expect(handed).toContain('Có việc gấp, xin gọi 0237 3721 444.');
  const again = await newsroom.upload(operator, await newsroom.speech(46), `&replaces=${next.id}`);
  const later = bulletinSchema.parse(again.body);
  expect(later, 'another recording keeps the words').toMatchObject({ script: words, version: 3 });
  expect(later.clip).not.toBe(next.clip);
  const bare = `&replaces=${later.id}&script=`;
  const last = await newsroom.upload(operator, await newsroom.speech(47), bare);
  expect(last.body, 'unless it is said that there are none').toMatchObject({ script: null });
});

test('what a voice reads out keeps its own text', async () => {
  const spoken = await write(newsroom.operator, { submit: false });
  const asked = { json: { script: 'Lời khác.' } };
  const refused = await newsroom.operator.call('POST', `/api/bulletins/${spoken.id}/facts`, asked);
  expect(refused).toMatchObject({ status: 400, body: { code: 'requestInvalid' } });
});

test('who changes what somebody else has changed meanwhile is told what, and overwrites nothing', async () => {
  const { operator, both } = newsroom;
  const { id, ...bulletin } = await released();
  const { title, language, supplier, script, campaigns, units, priority } = bulletin;
  const { validFromMs, expiresMs } = bulletin;
  const seen = {
    ...{ title, language, supplier, script, campaigns, units, priority },
    ...{ validFromMs, expiresMs },
  };
  const save = (caller: ApiCaller, json: object) =>
    caller.call('POST', `/api/bulletins/${id}/facts`, { json });
  const theirs = { title: 'Cắt điện cả ngày', supplier: 'Điện lực' };
  expect(await save(both, { ...theirs, seen })).toMatchObject({ status: 200 });
  expect(await save(operator, { title, language: 'vi', priority: 'priority', seen })).toMatchObject(
    {
      ...{ status: 409, body: { code: 'overtaken', fields: ['title', 'supplier'] } },
    },
  );
  expect(await operator.get(`/api/bulletins/${id}`)).toMatchObject({ ...theirs, priority });
  expect(await save(operator, { title, seen: { ...seen, ...theirs } })).toMatchObject({
    ...{ status: 200, body: { title, supplier: 'Điện lực' } },
  });
});
