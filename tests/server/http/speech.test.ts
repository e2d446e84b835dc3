import { afterAll, beforeAll, expect, test } from 'vitest';
import { bulletinSchema } from '#schemas/entities/bulletin.ts';
import { spokenTextSchema, usualManner } from '#schemas/speech.ts';
import { smallPdf } from '#tests/support/small-pdf.ts';
import { type Newsroom, openNewsroom } from './newsroom.ts';

let newsroom: Newsroom;
beforeAll(async () => {
  newsroom = await openNewsroom();
});
afterAll(() => newsroom.close());

const preview = async (text: string, manner = {}) =>
  spokenTextSchema.parse(await newsroom.operator.post('/api/speech/preview', { text, manner }));
const setWord = (written: string, spoken: string | null) =>
  newsroom.operator.call('PUT', '/api/speech/pronunciations', { json: { written, spoken } });

test('an operator sees how a script will be read, and each change in its place', async () => {
  const { source, spoken, changes } = await preview('UBND xã họp lúc 7h30.');
  expect(spoken).toBe('ủy ban nhân dân xã họp lúc bảy giờ ba mươi phút.');
  expect(changes.map(({ from, to, kind }) => [source.slice(from, to), kind])).toEqual([
    ['UBND', 'abbreviation'],
    ['7h30', 'time'],
  ]);
});

test('southern words and repeats are as the manner says', async () => {
  const { spoken } = await preview('Giá 5.000đ. **Gọi ngay 113**', { usage: 'south', repeats: 1 });
  expect(spoken).toBe('Giá năm ngàn đồng. Gọi ngay một một ba. Xin nhắc lại: Gọi ngay một một ba.');
});

test('who enters a word again as it is said already has not changed it', async () => {
  await setWord('Tiki', 'ti ki');
  const json = { written: 'Tiki', spoken: 'ti ki' };
  const [first, again] = [
    await newsroom.operator.get('/api/speech/pronunciations'),
    await newsroom.both.call('PUT', '/api/speech/pronunciations', { json }),
  ];
  expect(first).toContainEqual(again.body);
});

test('a word of the site is said its way from then on, until it is said as written', async () => {
  const told = await setWord('Lazada', 'la da đa');
  expect(told).toMatchObject({ status: 200, body: { written: 'Lazada', spoken: 'la da đa' } });
  expect((await preview('Mua ở Lazada.')).spoken).toBe('Mua ở la da đa.');
  await setWord('Lazada', null);
  expect((await preview('Mua ở Lazada.')).spoken).toBe('Mua ở Lazada.');
  expect(JSON.stringify(await newsroom.administrator.get('/api/audit'))).toContain('la da đa');
});

test.each([
  { written: '', spoken: 'gì', why: 'nothing is written' },
  { written: '-x', spoken: 'gì', why: 'no word begins like that' },
  { written: 'x', spoken: '113', why: 'digits would have to be read again' },
  { written: 'x', spoken: '[[a]]', why: 'codes of a voice' },
])('a word that cannot be one is refused: $why', async ({ written, spoken }) => {
  expect(await setWord(written, spoken)).toMatchObject({ body: { code: 'requestInvalid' } });
});

test('only an operator sees previews and changes words', async () => {
  const json = { text: 'UBND' };
  expect(await newsroom.approver.call('POST', '/api/speech/preview', { json })).toMatchObject({
    status: 403,
  });
  expect(await newsroom.approver.call('GET', '/api/speech/voices')).toMatchObject({ status: 403 });
});

test('a bulletin is read by the voice and in the manner that was chosen, and remembers them', async () => {
  const manner = {
    ...usualManner,
    voice: 'espeak/vi-vn-x-south',
    speedPercent: 120,
    usage: 'south',
  };
  const text = 'Trạm y tế xã tiêm chủng từ 7h đến 11h30 sáng thứ 5.';
  const written = bulletinSchema.parse(
    await newsroom.operator.post('/api/bulletins/text', { title: 'Tiêm chủng', text, manner }),
  );
  expect(written).toMatchObject({ script: text, manner });
});

test('a voice that is not there is refused, and nothing remains', async () => {
  const before = await newsroom.traces();
  const json = { title: 'x', text: 'Kính thưa bà con.', manner: { voice: 'piper/nobody' } };
  expect(await newsroom.operator.call('POST', '/api/bulletins/text', { json })).toMatchObject({
    status: 422,
    body: { code: 'voiceUnknown' },
  });
  expect(await newsroom.traces()).toEqual(before);
});

test('a recording that was brought has no manner', async () => {
  const brought = await newsroom.upload(newsroom.operator, await newsroom.speech(60));
  expect(bulletinSchema.parse(brought.body).manner).toBeNull();
});

test('the text of a file is given back to be looked at, and nothing of the file is kept', async () => {
  const before = await newsroom.traces();
  const send = (bytes: Uint8Array<ArrayBuffer>) =>
    newsroom.operator.call('POST', '/api/speech/script-file', { bytes });
  const text = 'Kính thưa bà con.';
  expect(await send(new Uint8Array(Buffer.from(text, 'utf16le')))).toMatchObject({
    body: { text },
  });
  expect(await send(new Uint8Array(smallPdf({ lines: ['Hai tram ba con.'] })))).toMatchObject({
    body: { text: 'Hai tram ba con.' },
  });
  expect(await send(new Uint8Array(Buffer.from([0x89, 0x50, 0])))).toMatchObject({
    status: 415,
    body: { code: 'scriptFileUnknown' },
  });
  expect(await send(new Uint8Array(10_485_761))).toMatchObject({
    status: 413,
    body: { code: 'fileTooLarge' },
  });
  expect(await newsroom.traces()).toEqual(before);
});
