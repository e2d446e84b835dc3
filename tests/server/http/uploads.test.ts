import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { bulletinSchema, MAX_TARGET_UNITS } from '#schemas/entities/bulletin.ts';
import type { MakingChoices } from '#schemas/making.ts';
import { MOST_UPLOADS_OF_ONE } from '#server/services/begin-upload.ts';
import { openLiveClient } from '#tests/support/live-client.ts';
import { type TusSender, tusSender } from '#tests/support/tus-sender.ts';
import { MAX_UPLOAD_BYTES, type Newsroom, openNewsroom } from './newsroom.ts';

let newsroom: Newsroom;
let operator: TusSender;
let other: TusSender;

beforeAll(async () => {
  newsroom = await openNewsroom();
  operator = tusSender(newsroom.operator);
  other = tusSender(newsroom.both);
});
afterEach(async () => {
  for (const { id } of await operator.list()) {
    await newsroom.operator.call('DELETE', `/api/uploads/${id}`);
  }
});
afterAll(() => newsroom.close());

const nowhere = '01900000-0000-7000-8000-000000000099';

const filesLeft = () => readdir(join(newsroom.dataFolder, 'uploads'));

const sendAll = async (
  sender: TusSender,
  bytes: Uint8Array<ArrayBuffer>,
  said: Readonly<Record<string, string>>,
) => {
  const path = await sender.begun(bytes.length, { campaigns: newsroom.campaign, ...said });
  const half = Math.floor(bytes.length / 2);
  await sender.add(path, 0, bytes.slice(0, half));
  await sender.add(path, half, bytes.slice(half));
  return path;
};

test('what one person began to send is not sent in the name of another one who signed in since', async () => {
  const idOf = async (person: typeof newsroom.operator) => Object(await person.get('/api/me')).id;
  const refused = await operator.begin(100, { person: await idOf(newsroom.both) });
  expect(refused).toMatchObject({ status: 401, body: { code: 'notSignedIn' } });
  expect(await operator.list()).toEqual([]);
  const begun = await operator.begin(100, { person: await idOf(newsroom.operator) });
  expect(begun).toMatchObject({ status: 201 });
});

test('the words of a recording come with it, however many, and are asked for their numbers first', async () => {
  const bytes = await newsroom.speech(60);
  const words = `${'Bà con chú ý. '.repeat(4000)}Gọi {doi-pccc}.`;
  const begin = (script: string, more = {}) => {
    const metadata = { filename: 'Phỏng vấn.wav', title: 'Phỏng vấn', script, ...more };
    const json = { bytes: bytes.length, metadata };
    return newsroom.operator.call('POST', '/api/uploads/described', { json });
  };
  expect(await begin(words)).toMatchObject({ body: { code: 'numberMissing' } });
  expect(await operator.list()).toEqual([]);
  const line = { key: 'doi-pccc', kind: 'fire', name: 'Đội chữa cháy', unit: null, number: '114' };
  await newsroom.operator.call('PUT', '/api/hotlines', { json: line });
  const path = `/api/uploads/${Object((await begin(words)).body).id}`;
  // Whoever did not hear the answer asks again: there is no second one that waits for its bytes for ever.
  expect(await begin(words)).toMatchObject({ status: 201, body: { id: path.split('/').at(-1) } });
  await operator.add(path, 0, bytes.slice(0, 1000));
  const other = Object((await begin(words)).body).id;
  expect(path).not.toContain(other);
  await newsroom.operator.call('DELETE', `/api/uploads/${other}`);
  await operator.add(path, 1000, bytes.slice(1000));
  const { bulletin } = await operator.seen(path);
  expect(await newsroom.operator.get(`/api/bulletins/${bulletin}`)).toMatchObject({
    ...{ script: words, manner: null, state: 'submitted' },
  });
  const again = `/api/uploads/${Object((await begin('', { replaces: bulletin })).body).id}`;
  await operator.add(again, 0, bytes);
  const { bulletin: next } = await operator.seen(again);
  const told = await newsroom.operator.get(`/api/bulletins/${next}`);
  expect(told, 'that there are none').toMatchObject({ script: null, version: 2 });
});

test('what is said of a recording besides its words is as short as in a header', async () => {
  const metadata = { filename: 'a.wav', title: 'Phỏng vấn', campaigns: ','.repeat(100_000) };
  const json = { bytes: 100, metadata };
  const begun = await newsroom.operator.call('POST', '/api/uploads/described', { json });
  expect(begun).toMatchObject({ status: 400, body: { code: 'requestInvalid' } });
});

test('a file may be for as many units as any bulletin', async () => {
  const unit = (at: number) => `01900000-0000-7000-8000-${`${at}`.padStart(12, '0')}`;
  const units = Array.from({ length: MAX_TARGET_UNITS }, (_, at) => unit(at)).join(',');
  // All of it was read: that there are no such units is another matter.
  expect(await operator.begin(100, { units })).toMatchObject({ body: { code: 'unknownUnit' } });
});

test('a file that comes in pieces becomes one bulletin, and every step of it is told live', async () => {
  const screen = await openLiveClient(newsroom.server.url, newsroom.operator.token);
  const bytes = await newsroom.speech();
  const choices: MakingChoices = { trim: { how: 'none' }, softLimit: false, reduceNoise: true };
  const said = { title: 'Từng phần một', choices: JSON.stringify(choices) };
  const path = await sendAll(operator, bytes, said);
  const told: string[] = [];
  while (told.at(-1) !== 'bulletin') {
    const { event } = await screen.next(({ kind }) => kind === 'uploadChanged');
    told.push(event.kind === 'uploadChanged' ? event.step : '');
  }
  screen.leave();
  expect(told).toEqual([
    ...['receiving', 'received', 'hashed', 'probed', 'measured', 'airable', 'stored', 'bulletin'],
  ]);
  const { bulletin } = await operator.seen(path);
  const made = bulletinSchema.parse(await newsroom.operator.get(`/api/bulletins/${bulletin}`));
  expect(made).toMatchObject({
    ...{ title: 'Từng phần một', state: 'submitted', campaigns: [newsroom.campaign] },
  });
  // What is done to it was chosen before the first byte.
  const making = await newsroom.operator.get(`/api/bulletins/${bulletin}/making`);
  expect(making).toMatchObject({ choices });
  await expect.poll(filesLeft).toEqual([]);
});

test('the same sound brought in pieces and at once is one bulletin', async () => {
  const bytes = await newsroom.speech(20);
  const whole = await newsroom.upload(newsroom.operator, bytes);
  const { id, title } = bulletinSchema.parse(whole.body);
  const seen = await operator.seen(await sendAll(operator, bytes, { title: 'Tên khác' }));
  expect(seen).toMatchObject({
    step: 'refused',
    problem: { code: 'soundAlreadyBrought', id, sentence: { vi: expect.stringContaining(title) } },
    retriable: false,
  });
});

test('a file that must not sound is refused in words, and nothing of it is kept', async () => {
  const path = await sendAll(operator, await newsroom.silence(), { title: 'Im lặng' });
  const silent = { step: 'refused', problem: { code: 'audioSilent' } };
  expect(await operator.seen(path)).toMatchObject(silent);
  await expect.poll(filesLeft).toEqual([]);
  const retried = await newsroom.operator.call('POST', `${path}/retry`);
  expect(retried.body).toMatchObject({ code: 'wrongState' });
  expect((await newsroom.operator.call('DELETE', path)).status).toBe(204);
  expect((await operator.list()).map(({ id }) => id)).not.toContain(path.split('/').at(-1));
});

test('an upload belongs to who began it; for anybody else it is not there', async () => {
  const path = await operator.begun(4);
  const missing = { status: 404, body: { code: 'notFound' } };
  expect(await other.add(path, 0, new Uint8Array(4))).toMatchObject(missing);
  expect(await other.offset(path)).toBeNaN();
  for (const [method, more] of [['GET'], ['DELETE'], ['POST', '/retry']] as const) {
    const answer = await newsroom.both.call(method, `${path}${more ?? ''}`);
    expect(answer, method).toMatchObject(missing);
  }
  expect(await other.list()).toEqual([]);
  expect(await operator.offset(path)).toBe(0);
});

test('no end of an address leads to another person’s upload', async () => {
  const path = await operator.begun(4);
  const own = await other.begun(4);
  const sly = `${own}?of=/${path.split('/').at(-1)}`;
  expect(await other.add(sly, 0, new Uint8Array(3))).toMatchObject({ status: 204 });
  expect(await operator.offset(path)).toBe(0);
  expect(await other.offset(sly)).toBe(3);
  await newsroom.both.call('DELETE', own);
});

test('bytes at a wrong place are refused, and the right ones taken after that', async () => {
  const bytes = await newsroom.speech(25);
  const path = await operator.begun(bytes.length, { title: 'Sai chỗ' });
  await operator.add(path, 0, bytes.slice(0, 1000));
  for (const offset of [0, 999, 2000]) {
    const answer = await operator.add(path, offset, bytes.slice(0, 10));
    expect(answer).toMatchObject({ status: 409, body: { code: 'changedMeanwhile' } });
  }
  expect(await operator.offset(path)).toBe(1000);
  await operator.add(path, 1000, bytes.slice(1000));
  expect(await operator.seen(path)).toMatchObject({ step: 'bulletin' });
});

test('more bytes than were announced are not taken, whatever is said of their number', async () => {
  const path = await operator.begun(100, { title: 'Dài hơn' });
  const tooLong = { status: 413, body: { code: 'fileTooLarge', maxBytes: 100 } };
  expect(await operator.add(path, 0, new Uint8Array(101))).toMatchObject(tooLong);
  const unsaid = new ReadableStream({
    pull: (controller) => {
      controller.enqueue(new Uint8Array(60));
      controller.enqueue(new Uint8Array(60));
      controller.close();
    },
  });
  const headers = { 'tus-resumable': '1.0.0', 'content-type': 'application/offset+octet-stream' };
  const answer = await newsroom.operator.call('PATCH', path, {
    bytes: unsaid,
    headers: { ...headers, 'upload-offset': `${await operator.offset(path)}` },
  });
  expect(answer).toMatchObject(tooLong);
  expect(await operator.offset(path)).toBeLessThanOrEqual(100);
});

test.each([
  { why: 'it is longer than any may be', bytes: MAX_UPLOAD_BYTES + 1, code: 'fileTooLarge' },
  { why: 'its length is no number', bytes: Number.NaN, code: 'requestInvalid' },
  { why: 'its length is below nothing', bytes: -1, code: 'requestInvalid' },
  { why: 'its length is said later', headers: { 'upload-defer-length': '1', 'upload-length': '' } },
  { why: 'another version is spoken', headers: { 'tus-resumable': '0.2.2' } },
  { why: 'its metadata is none', headers: { 'upload-metadata': 'filename ???' } },
  { why: 'there is more metadata than anybody needs', metadata: { more: 'x'.repeat(9500) } },
  { why: 'its name is a way out', metadata: { filename: '../../site-key.pem' } },
  { why: 'its name is a way into Windows', metadata: { filename: 'C:\\loa\\a.wav' } },
  { why: 'its name is a folder', metadata: { filename: '..' } },
  { why: 'its name holds a NUL', metadata: { filename: 'a\0.wav' } },
  { why: 'its mark is a path', metadata: { mark: '../x' } },
  { why: 'its title is blank', metadata: { title: ' ' } },
  { why: 'its choices are none', metadata: { choices: '{"trim":' } },
  { why: 'its campaign is unknown', metadata: { campaigns: nowhere }, code: 'unknownCampaign' },
])('nothing is begun when $why', async ({ bytes = 10, metadata, headers, code }) => {
  const before = await newsroom.traces();
  const answer = await operator.begin(bytes, metadata, headers);
  expect(answer.body).toMatchObject({ code: code ?? 'requestInvalid' });
  expect(await newsroom.traces()).toEqual(before);
  expect(await filesLeft()).toEqual([]);
});

test.each(['..%2f..%2fsite-key.pem', '%00', 'site-key.pem', '..'])(
  'an upload called %s is not there',
  async (id) => {
    const { status } = await operator.add(`/api/uploads/${id}`, 0, new Uint8Array(1));
    expect([400, 404]).toContain(status);
  },
);

test('the name of a file is kept in composed letters', async () => {
  const name = 'Bản tin sáng.wav';
  const path = await operator.begun(10, { filename: name.normalize('NFD') });
  expect(await newsroom.operator.get(path)).toMatchObject({ fileName: name });
});

test('one person has a bounded number of files on their way', async () => {
  for (let count = 0; count < MOST_UPLOADS_OF_ONE; count += 1) await operator.begun(10);
  const body = { code: 'tooManyUploads', most: MOST_UPLOADS_OF_ONE };
  expect(await operator.begin(10)).toMatchObject({ status: 409, body });
  const another = await other.begun(10);
  await newsroom.both.call('DELETE', another);
});

test('an upload that is refused as it begins holds nobody’s place', async () => {
  const before = await operator.list();
  const refused = await newsroom.operator.call('POST', '/api/uploads', {
    bytes: new Uint8Array(9),
    headers: {
      'tus-resumable': '1.0.0',
      'upload-length': '4',
      'upload-metadata': 'filename dC53YXY=,title dA==',
      'content-type': 'application/offset+octet-stream',
    },
  });
  expect(refused).toMatchObject({ status: 413, body: { code: 'fileTooLarge', maxBytes: 4 } });
  expect(await operator.list()).toEqual(before);
});

test('what is taken back is gone, and no more of it is taken', async () => {
  const path = await operator.begun(100);
  await operator.add(path, 0, new Uint8Array(40));
  expect((await newsroom.operator.call('DELETE', path)).status).toBe(204);
  expect(await filesLeft()).toEqual([]);
  expect((await operator.add(path, 40, new Uint8Array(60))).status).toBe(404);
  expect(await operator.offset(path)).toBeNaN();
  const again = await newsroom.operator.call('DELETE', path);
  expect(again.body).toMatchObject({ code: 'wrongState', state: 'cancelled' });
});

test('two tabs that send the same file at once make one whole file of it', async () => {
  const bytes = await newsroom.speech(30);
  const path = await operator.begun(bytes.length, { title: 'Hai thẻ' });
  const send = async () => {
    for (;;) {
      const offset = await operator.offset(path);
      if (offset === bytes.length) return;
      await operator.add(path, offset, bytes.slice(offset, offset + 100_000));
    }
  };
  await Promise.all([send(), send()]);
  expect(await operator.seen(path)).toMatchObject({ step: 'bulletin', bytes: bytes.length });
});

test('other sites are not invited', async () => {
  const headers = { 'tus-resumable': '1.0.0', origin: 'https://evil.example' };
  const asked = await newsroom.operator.call('OPTIONS', '/api/uploads', { headers });
  expect(asked.headers.get('tus-extension')).toBe('creation,creation-with-upload,termination');
  const path = await operator.begun(10);
  const looked = await newsroom.operator.call('HEAD', path, { headers });
  for (const answer of [asked, looked]) {
    const names = [...answer.headers.keys()];
    expect(names.filter((name) => name.startsWith('access-control'))).toEqual([]);
  }
});
