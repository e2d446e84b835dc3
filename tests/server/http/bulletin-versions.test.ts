import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Bulletin, bulletinSchema } from '#schemas/entities/bulletin.ts';
import type { ApiCaller } from '#tests/support/api-caller.ts';
import { type Newsroom, openNewsroom } from './newsroom.ts';

let newsroom: Newsroom;

beforeAll(async () => {
  newsroom = await openNewsroom();
});
afterAll(() => newsroom.close());

const write = async (caller: ApiCaller, text: string, more: object = {}): Promise<Bulletin> => {
  const json = { title: 'Cắt điện', text, campaigns: [newsroom.campaign], ...more };
  return bulletinSchema.parse(await caller.post('/api/bulletins/text', json));
};

const read = async ({ id }: Bulletin): Promise<Bulletin> =>
  bulletinSchema.parse(await newsroom.operator.get(`/api/bulletins/${id}`));

const release = (caller: ApiCaller, { id, clip }: Bulletin) =>
  caller.call('POST', `/api/bulletins/${id}/release`, { json: { clip } });

test('a new version leaves the released one on the air until it is released itself; both stay readable and hearable', async () => {
  const { operator, approver } = newsroom;
  const first = await write(operator, 'Cắt điện từ bảy giờ sáng mai.');
  await release(approver, first);
  const more = { replaces: first.id, reason: 'Đổi giờ cắt điện' };
  const second = await write(operator, 'Cắt điện từ tám giờ sáng mai.', more);
  expect(second).toMatchObject({
    ...{ first: first.id, version: 2, versionReason: more.reason, state: 'submitted' },
  });
  expect(second.clip).not.toBe(first.clip);
  expect(await read(first)).toMatchObject({ state: 'released', first: first.id, version: 1 });

  expect((await release(approver, second)).status).toBe(200);
  expect(await read(first)).toMatchObject({ state: 'replaced', script: first.script });
  const heard = await operator.call('GET', `/api/bulletins/${first.id}/audio`);
  expect(heard.status).toBe(200);
  const again = await write(operator, 'Cắt điện từ bảy giờ sáng mai.', { title: 'Như cũ' });
  expect(again.clip, 'what is replaced does not stand in the way').toBe(first.clip);
});

test('a version that nobody has released gives way to the next one, and cannot be released any more', async () => {
  const { operator, approver } = newsroom;
  const first = await write(operator, 'Họp thôn vào tối thứ Bảy.');
  const second = await write(operator, 'Họp thôn vào tối Chủ nhật.', { replaces: first.id });
  expect(await read(first)).toMatchObject({ state: 'replaced' });
  expect(await release(approver, first)).toMatchObject({ status: 409 });
  const stale = await operator.call('POST', '/api/bulletins/text', {
    json: { title: 'Họp', text: 'Họp thôn vào tối thứ Hai.', replaces: first.id },
  });
  expect(stale).toMatchObject({ status: 409, body: { code: 'wrongState', state: 'replaced' } });
  expect((await release(approver, second)).status).toBe(200);
});

test('who made a version cannot release one that goes on with it', async () => {
  const { operator, both, approver } = newsroom;
  const first = await write(both, 'Tiêm phòng cho đàn trâu bò.');
  const same = await write(operator, 'Tiêm phòng cho đàn trâu bò.', { replaces: first.id });
  expect(same.clip).toBe(first.clip);
  expect(await release(both, same)).toMatchObject({ status: 403, body: { code: 'fourEyes' } });
  expect((await release(approver, same)).status).toBe(200);
  const later = await write(operator, 'Tiêm phòng cho đàn gia cầm.', { replaces: same.id });
  expect((await release(both, later)).status, 'what was released before is settled').toBe(200);
});

test('a text in another language than Vietnamese is not read out', async () => {
  const json = { title: 'Khao thi', text: 'Cov neeg zej zog', language: 'hmn' };
  const refused = await newsroom.operator.call('POST', '/api/bulletins/text', { json });
  expect(refused).toMatchObject({ status: 422, body: { code: 'languageWithoutVoice' } });
});

test('a recording keeps who provided it, its language and its villages', async () => {
  const units = Object(await newsroom.operator.get('/api/units'));
  const [unit] = units;
  const query = `&language=hmn&supplier=${encodeURIComponent('Công an xã')}&units=${unit.id}`;
  const bytes = await newsroom.speech(60);
  const brought = await newsroom.upload(newsroom.operator, bytes, query);
  expect(brought).toMatchObject({
    status: 201,
    body: { language: 'hmn', supplier: 'Công an xã', units: [unit.id] },
  });
  const unknown = '01900000-0000-7000-8000-0000000000ff';
  const refused = await newsroom.upload(newsroom.operator, bytes, `&units=${unknown}`);
  expect(refused).toMatchObject({ status: 404, body: { code: 'unknownUnit', unit: unknown } });
});
