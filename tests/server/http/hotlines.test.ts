import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { bulletinSchema } from '#schemas/entities/bulletin.ts';
import { hotlineSchema } from '#schemas/entities/hotline.ts';
import { unitSchema } from '#schemas/entities/site.ts';
import { speechPreviewSchema } from '#schemas/speech.ts';
import { type Newsroom, openNewsroom } from './newsroom.ts';

let newsroom: Newsroom;
let commune: string;
let village: string;
beforeAll(async () => {
  newsroom = await openNewsroom();
  const units = z.array(unitSchema).parse(await newsroom.operator.get('/api/units'));
  commune = units.find(({ parent }) => parent === null)?.id ?? '';
  village = units.find(({ parent }) => parent === commune)?.id ?? '';
});
afterAll(() => newsroom.close());

const setLine = (line: Partial<z.input<typeof hotlineSchema>>) =>
  newsroom.operator.call('PUT', '/api/hotlines', {
    json: {
      key: 'cong-an-xa',
      kind: 'police',
      name: 'Công an xã',
      unit: null,
      number: null,
      ...line,
    },
  });
const preview = async (text: string, units: readonly string[] = []) =>
  speechPreviewSchema.parse(await newsroom.operator.post('/api/speech/preview', { text, units }));
const write = (text: string, submit: boolean) =>
  newsroom.operator.call('POST', '/api/bulletins/text', { json: { title: text, text, submit } });
const linesOf = async () =>
  z.array(hotlineSchema).parse(await newsroom.operator.get('/api/hotlines'));

test('a number is entered once for each unit, and the audit keeps the one before', async () => {
  await setLine({ number: '0237 3721 150' });
  await setLine({ number: '0237 3721 199' });
  await setLine({ number: '0912 345 678', unit: commune });
  expect((await linesOf()).map(({ unit, number }) => [unit, number])).toEqual([
    [null, '0237 3721 199'],
    [commune, '0912 345 678'],
  ]);
  expect(JSON.stringify(await newsroom.administrator.get('/api/audit'))).toContain(
    '"before":"0237 3721 150"',
  );
});

test.each([
  { line: { number: '11' }, code: 'requestInvalid', why: 'two digits are no number' },
  { line: { number: '0912 345 678 901 234' }, code: 'requestInvalid', why: 'too many digits' },
  { line: { number: 'gọi anh Ba' }, code: 'requestInvalid', why: 'words' },
  { line: { key: 'Công an' }, code: 'requestInvalid', why: 'a key that no script can name' },
  { line: { key: 'don-vi' }, code: 'requestInvalid', why: 'the key of the unit’s name' },
  { line: { unit: '01900000-0000-7000-8000-00000000ffff' }, code: 'unknownUnit', why: 'no unit' },
])('what is no number of anybody is refused: $why', async ({ line, code }) => {
  const before = await linesOf();
  expect(await setLine(line)).toMatchObject({ body: { code } });
  expect(await linesOf()).toEqual(before);
});

test('the preview reads the number in force, and says what is missing', async () => {
  await setLine({ number: '113', unit: commune });
  const { spoken, changes, numbers } = await preview('Gọi {cong-an-xa} hoặc {tram-y-te}.');
  expect(spoken).toBe('Gọi một một ba hoặc chưa có số.');
  expect(changes.map(({ kind }) => kind)).toEqual(['hotline', 'hotline']);
  expect(numbers).toEqual({ 'cong-an-xa': '113', 'tram-y-te': null });
});

describe('the name of the unit that a script is for', () => {
  const script = 'Đây là Đài truyền thanh {don-vi}.';

  test.each([
    { why: 'the uppermost unit, for the whole site', units: () => [], name: 'Xã Thử' },
    { why: 'the village, for a village', units: () => [village], name: 'Thôn Đoài' },
  ])('is read as it is written: $why', async ({ units, name }) => {
    const { spoken, numbers } = await preview(script, units());
    expect(spoken).toBe(`Đây là Đài truyền thanh ${name}.`);
    expect(numbers).toEqual({ 'don-vi': name });
  });

  test('keeps a text for two units of different names from being submitted', async () => {
    const json = { title: 'Xướng', text: script, units: [commune, village] };
    const refused = await newsroom.operator.call('POST', '/api/bulletins/text', { json });
    expect(refused).toMatchObject({ status: 409, body: { code: 'unitNameMissing' } });
  });
});

describe('a placeholder without a number', () => {
  const script = 'Bà con cần giúp đỡ, xin gọi trạm y tế, số {tram-y-te}.';

  test('keeps a text from being submitted, says which one, and leaves nothing', async () => {
    const before = await newsroom.traces();
    const refused = await write(script, true);
    expect(refused).toMatchObject({
      status: 409,
      body: { code: 'numberMissing', placeholders: '{tram-y-te}' },
    });
    expect(JSON.stringify(refused.body)).toContain('{tram-y-te}');
    expect(await newsroom.traces()).toEqual(before);
  });

  test('lets a draft wait, that is submitted only when it has been spoken with it', async () => {
    const draft = bulletinSchema.parse((await write(script, false)).body);
    const submit = () => newsroom.operator.call('POST', `/api/bulletins/${draft.id}/submit`);
    expect(await submit()).toMatchObject({ body: { code: 'numberMissing' } });
  });

  test('keeps what was submitted from being released', async () => {
    await setLine({ number: '113', unit: commune });
    const text = 'Bà con có tin báo, xin gọi công an xã, số {cong-an-xa}.';
    const { id, clip } = bulletinSchema.parse((await write(text, true)).body);
    const release = () =>
      newsroom.approver.call('POST', `/api/bulletins/${id}/release`, { json: { clip } });
    await setLine({ number: null, unit: commune });
    expect(await release()).toMatchObject({ status: 409, body: { code: 'numberMissing' } });
    await setLine({ number: '113', unit: commune });
    expect(await release()).toMatchObject({ status: 200, body: { state: 'released' } });
  });
});

test('a number is taken away with its place: what asks for it reads the one above, and the audit keeps it', async () => {
  await setLine({ key: 'uy-ban', number: '0237 3721 111' });
  await setLine({ key: 'uy-ban', number: '0237 3721 222', unit: commune });
  const text = 'Gọi {uy-ban}.';
  const own = (await linesOf()).find(({ key, unit }) => key === 'uy-ban' && unit === commune);
  expect((await preview(text)).numbers).toEqual({ 'uy-ban': '0237 3721 222' });
  const remove = () => newsroom.operator.call('DELETE', `/api/hotlines/${own?.id}`);
  expect(await remove()).toMatchObject({ status: 200, body: { id: own?.id } });
  expect((await preview(text)).numbers).toEqual({ 'uy-ban': '0237 3721 111' });
  expect(await remove()).toMatchObject({ status: 404, body: { code: 'notFound' } });
  const audit = JSON.stringify(await newsroom.administrator.get('/api/audit'));
  expect(audit).toContain('"action":"removeHotline"');
});

test('what says a number that is taken away is held back when it is asked for', async () => {
  await setLine({ key: 'dien-luc', number: '0237 3721 333' });
  const written = await write(
    'Bà con thấy dây điện đứt, xin gọi ngay điện lực, số {dien-luc}.',
    true,
  );
  const { id, clip } = bulletinSchema.parse(written.body);
  await newsroom.approver.call('POST', `/api/bulletins/${id}/release`, { json: { clip } });
  const line = (await linesOf()).find(({ key }) => key === 'dien-luc');
  await newsroom.operator.call('DELETE', `/api/hotlines/${line?.id}?holdBack=true`);
  expect(await newsroom.operator.get(`/api/bulletins/${id}`)).toMatchObject({ state: 'replaced' });
});

test('a number that somebody else has entered or changed meanwhile is neither overwritten nor taken away unseen', async () => {
  const { operator, both } = newsroom;
  const line = { key: 'ban-dien', kind: 'other', name: 'Ban điện', unit: null };
  const set = (caller: typeof both, number: string, seen: string | null) =>
    caller.call('PUT', '/api/hotlines', { json: { ...line, number, seen } });
  const overtaken = { status: 409, body: { code: 'overtaken', fields: ['number'] } };
  expect(await set(operator, '0237 3721 801', null)).toMatchObject({ status: 200 });
  expect(await set(both, '0237 3721 802', null)).toMatchObject(overtaken);
  expect(await set(both, '0237 3721 802', '0237 3721 801')).toMatchObject({ status: 200 });
  const own = (await linesOf()).find(({ key }) => key === line.key);
  const remove = (seen: string) =>
    operator.call('DELETE', `/api/hotlines/${own?.id}?${new URLSearchParams({ seen })}`);
  expect(await remove('0237 3721 801')).toMatchObject(overtaken);
  expect(await remove('')).toMatchObject(overtaken);
  expect(await remove('0237 3721 802')).toMatchObject({ status: 200 });
  expect(await set(both, '0237 3721 803', '0237 3721 802')).toMatchObject(overtaken);
});
