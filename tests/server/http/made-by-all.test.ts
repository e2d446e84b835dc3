import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Bulletin, bulletinSchema } from '#schemas/entities/bulletin.ts';
import { type ApiCaller, newPerson } from '#tests/support/api-caller.ts';
import { eventually } from '#tests/support/eventually.ts';
import { type Newsroom, openNewsroom } from './newsroom.ts';

const DEADLINE_MS = 60_000;
let newsroom: Newsroom;
let writer: ApiCaller;
let other: ApiCaller;

beforeAll(async () => {
  newsroom = await openNewsroom();
  writer = newsroom.both;
  const roles = ['operator', 'approver'];
  other = await newPerson(newsroom.server, newsroom.administrator, { username: 'tam', roles });
});
afterAll(() => newsroom.close());

const setNumber = (number: string) =>
  other.call('PUT', '/api/hotlines', {
    json: { key: 'khuyen-nong', kind: 'other', name: 'Khuyến nông', unit: null, number },
  });
const write = async () => {
  const text = 'Xin gọi khuyến nông, số {khuyen-nong}.';
  return bulletinSchema.parse(
    await writer.post('/api/bulletins/text', { title: 'Khuyến nông', text }),
  );
};
const release = (caller: ApiCaller, { id, clip }: Bulletin) =>
  caller.call('POST', `/api/bulletins/${id}/release`, { json: { clip } });
const fourEyes = { body: { code: 'fourEyes' } };

test('what every approver made a part of goes on air as a new bulletin of one of them', async () => {
  expect(await setNumber('0237 3721 811')).toMatchObject({ status: 200 });
  const { first } = await write();
  await setNumber('0237 3721 812');
  const versions = async () => {
    const all = bulletinSchema.array().parse(await writer.get('/api/bulletins'));
    return all.filter((each) => each.first === first && each.state === 'submitted');
  };
  const [second] = await eventually(versions, ([one]) => one?.version === 2, DEADLINE_MS);
  if (second === undefined) throw new Error('no second version');
  expect(await release(writer, second)).toMatchObject(fourEyes);
  expect(await release(other, second)).toMatchObject(fourEyes);
  await other.post(`/api/bulletins/${second.id}/reject`, { reason: 'Soạn thành bản tin mới.' });
  const anew = await write();
  expect(await release(writer, anew)).toMatchObject(fourEyes);
  expect(await release(other, anew)).toMatchObject({ status: 200 });
});
