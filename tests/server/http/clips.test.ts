import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bulletinSchema } from '#schemas/entities/bulletin.ts';
import { type Newsroom, openNewsroom } from './newsroom.ts';

let newsroom: Newsroom;

beforeAll(async () => {
  newsroom = await openNewsroom();
});
afterAll(() => newsroom.close());

test('clips are served whole or in parts, to who may hear them, and never with other bytes', async () => {
  const brought = await newsroom.upload(newsroom.operator, await newsroom.speech());
  const bulletin = bulletinSchema.parse(brought.body);
  const url = `${newsroom.server.url}/clips/${bulletin.clip}`;
  const authorization = `Bearer ${newsroom.operator.token}`;
  const all = Buffer.from(await (await fetch(url, { headers: { authorization } })).arrayBuffer());
  const part = async (range: string) => {
    const answer = await fetch(url, { headers: { authorization, range } });
    return { answer, bytes: Buffer.from(await answer.arrayBuffer()) };
  };
  const rest = await part('bytes=1000-');
  expect(rest.answer.status).toBe(206);
  expect(rest.answer.headers.get('content-range')).toBe(
    `bytes 1000-${all.length - 1}/${all.length}`,
  );
  expect(rest.bytes.equals(all.subarray(1000))).toBe(true);
  expect((await part('bytes=0-0')).bytes.equals(all.subarray(0, 1))).toBe(true);
  expect((await part('bytes=-10')).bytes.equals(all.subarray(-10))).toBe(true);
  expect((await part(`bytes=${all.length}-`)).answer.status).toBe(416);
  expect((await part('bytes=5-2')).bytes.equals(all), 'a header that means nothing').toBe(true);
  expect((await part('bytes=0-1,4-5')).bytes.equals(all), 'several parts').toBe(true);
  const etag = rest.answer.headers.get('etag') ?? '';
  const known = await fetch(url, { headers: { authorization, 'if-none-match': etag } });
  expect(known.status).toBe(304);
  expect((await fetch(url)).status).toBe(401);
  const crooked = `${newsroom.server.url}/clips/..%2F..%2Fsite-key.pem`;
  expect((await fetch(crooked, { headers: { authorization } })).status).toBe(400);

  const path = join(newsroom.dataFolder, 'clips', bulletin.clip.slice(0, 2), bulletin.clip);
  await writeFile(path, Buffer.from(all).fill(1, 2000, 2100));
  const heard = `${newsroom.server.url}/api/bulletins/${bulletin.id}/audio`;
  for (const range of [{}, { range: 'bytes=0-' }]) {
    const answer = await fetch(heard, { headers: { authorization, ...range } });
    await expect(answer.arrayBuffer(), 'other bytes break off').rejects.toThrow();
  }
  const json = { clip: bulletin.clip };
  expect(
    await newsroom.approver.call('POST', `/api/bulletins/${bulletin.id}/release`, { json }),
  ).toMatchObject({ body: { code: 'clipCorrupt' } });
  await writeFile(path, all);
  expect(
    await newsroom.approver.call('POST', `/api/bulletins/${bulletin.id}/release`, { json }),
  ).toMatchObject({ status: 200 });
});
