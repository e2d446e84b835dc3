import { request } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually } from '#tests/support/eventually.ts';
import { MAX_UPLOAD_BYTES, type Newsroom, openNewsroom } from './newsroom.ts';

const WAIT_MS = 60_000;
const nowhere = '01900000-0000-7000-8000-000000000099';

let newsroom: Newsroom;

beforeAll(async () => {
  newsroom = await openNewsroom();
});
afterAll(() => newsroom.close());

const whole = () => newsroom.speech();
const noBytes = new Uint8Array(0);

const badUploads: {
  why: string;
  bytes: () => Promise<Uint8Array<ArrayBuffer>>;
  query?: string;
  status: number;
  code: string;
}[] = [
  {
    why: 'the recording is truncated',
    bytes: async () => (await whole()).slice(0, 50_000),
    status: 422,
    code: 'audioTruncated',
  },
  { why: 'it is empty', bytes: async () => noBytes, status: 422, code: 'audioEmpty' },
  {
    why: 'it is silent',
    bytes: () => newsroom.silence(),
    status: 422,
    code: 'audioSilent',
  },
  {
    why: 'it is a letter',
    bytes: async () => new Uint8Array(Buffer.from('Kính gửi UBND xã. '.repeat(200))),
    status: 415,
    code: 'audioNotRecognised',
  },
  {
    why: 'it is larger than the bound',
    bytes: async () => new Uint8Array(MAX_UPLOAD_BYTES + 1),
    status: 413,
    code: 'fileTooLarge',
  },
  {
    why: 'its campaign is unknown',
    bytes: whole,
    query: `,${nowhere}`,
    status: 404,
    code: 'unknownCampaign',
  },
  {
    why: 'it would expire before it may sound',
    bytes: whole,
    query: '&validFromMs=2000&expiresMs=1000',
    status: 400,
    code: 'requestInvalid',
  },
  {
    why: 'its title is blank',
    bytes: whole,
    query: '&title=%20',
    status: 400,
    code: 'requestInvalid',
  },
];

test.each(badUploads)('nothing is kept of an upload when $why', async (bad) => {
  const before = await newsroom.traces();
  const answer = await newsroom.upload(newsroom.operator, await bad.bytes(), bad.query);
  expect(answer).toMatchObject({
    status: bad.status,
    body: { code: bad.code, sentence: { vi: expect.any(String), en: expect.any(String) } },
  });
  expect(await newsroom.traces()).toEqual(before);
});

test('nothing is kept of an upload that hides how large it is', async () => {
  const before = await newsroom.traces();
  const piece = new Uint8Array(500_000);
  let pieces = 0;
  const endless = new ReadableStream({
    pull: (controller) => {
      pieces += 1;
      if (pieces > 20) controller.close();
      else controller.enqueue(piece);
    },
  });
  const path = `/api/bulletins/audio?title=x&campaigns=${newsroom.campaign}`;
  const answer = await newsroom.operator.call('POST', path, { bytes: endless });
  expect(answer).toMatchObject({ status: 413, body: { code: 'fileTooLarge' } });
  expect(await newsroom.traces()).toEqual(before);
});

test('nothing is kept of an upload whose sender goes away in the middle', async () => {
  const before = await newsroom.traces();
  const bytes = await whole();
  const isUnderWay = (traces: unknown) => JSON.stringify(traces) !== JSON.stringify(before);
  await new Promise<void>((resolve) => {
    const sending = request(
      `${newsroom.server.url}/api/bulletins/audio?title=x&campaigns=${newsroom.campaign}`,
      {
        method: 'POST',
        headers: {
          authorization: `Bearer ${newsroom.operator.token}`,
          'content-length': bytes.length,
        },
      },
    );
    sending.on('error', () => undefined);
    sending.on('close', () => resolve());
    sending.write(bytes.subarray(0, 40_000));
    void eventually(newsroom.traces, isUnderWay, WAIT_MS).finally(() => sending.destroy());
  });
  await expect.poll(newsroom.traces).toEqual(before);
});

test.each([
  { why: 'it is empty', text: '', status: 422, code: 'textEmpty' },
  { why: 'it is nothing but blanks', text: ' \n\t ', status: 422, code: 'textEmpty' },
  { why: 'it has no word in it', text: '… — !', status: 422, code: 'textEmpty' },
  { why: 'it is too long', text: 'dài '.repeat(11_000), status: 413, code: 'textTooLong' },
])('nothing is kept of a text when $why', async ({ text, status, code }) => {
  const before = await newsroom.traces();
  const json = { title: 'Văn bản', text };
  const answer = await newsroom.operator.call('POST', '/api/bulletins/text', { json });
  expect(answer).toMatchObject({ status, body: { code } });
  expect(await newsroom.traces()).toEqual(before);
});
