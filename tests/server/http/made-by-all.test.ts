import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Bulletin, bulletinSchema } from '#schemas/entities/bulletin.ts';
import { hotlineSchema } from '#schemas/entities/hotline.ts';
import { unitSchema } from '#schemas/entities/site.ts';
import { type ApiCaller, newPerson } from '#tests/support/api-caller.ts';
import { eventually } from '#tests/support/eventually.ts';
import { type Newsroom, openNewsroom } from './newsroom.ts';

const DEADLINE_MS = 60_000;
let newsroom: Newsroom;
let writer: ApiCaller;
let other: ApiCaller;
let third: ApiCaller;

beforeAll(async () => {
  newsroom = await openNewsroom();
  writer = newsroom.both;
  const roles = ['operator', 'approver'];
  const person = (username: string) =>
    newPerson(newsroom.server, newsroom.administrator, { username, roles });
  other = await person('tam');
  third = await person('lien');
});
afterAll(() => newsroom.close());

const setNumberAs = (
  caller: ApiCaller,
  [key, number]: readonly [string, string],
  unit: string | null = null,
) => caller.call('PUT', '/api/hotlines', { json: { key, kind: 'other', name: key, unit, number } });
const setNumber = (number: string) => setNumberAs(other, ['khuyen-nong', number]);
const writeText = async (text: string, more = {}) =>
  bulletinSchema.parse(
    await writer.post('/api/bulletins/text', { title: 'Khuyến nông', text, ...more }),
  );
const write = () => writeText('Xin gọi khuyến nông, số {khuyen-nong}.');
const villageOf = async () => {
  const units = unitSchema.array().parse(await writer.get('/api/units'));
  return units.find(({ parent }) => parent !== null)?.id ?? '';
};
const reject = ({ id }: Bulletin) =>
  other.post(`/api/bulletins/${id}/reject`, { reason: 'Soạn thành bản tin mới.' });
const changeFacts = (caller: ApiCaller, { id }: Bulletin, json: object) =>
  caller.call('POST', `/api/bulletins/${id}/facts`, { json });
/** The second version of a bulletin, as soon as it waits for an approver. */
const untilSecond = async ({ first }: Bulletin) => {
  const versions = async () => {
    const all = bulletinSchema.array().parse(await writer.get('/api/bulletins'));
    return all.filter((each) => each.first === first && each.state === 'submitted');
  };
  const [second] = await eventually(versions, ([one]) => one?.version === 2, DEADLINE_MS);
  if (second === undefined) throw new Error('no second version');
  return second;
};
const release = (caller: ApiCaller, { id, clip }: Bulletin) =>
  caller.call('POST', `/api/bulletins/${id}/release`, { json: { clip } });
const fourEyes = { body: { code: 'fourEyes' } };

test('what every approver made a part of goes on air as a new bulletin of one of them', async () => {
  expect(await setNumber('0237 3721 811')).toMatchObject({ status: 200 });
  const first = await write();
  await setNumber('0237 3721 812');
  const second = await untilSecond(first);
  expect(await release(writer, second)).toMatchObject(fourEyes);
  expect(await release(other, second)).toMatchObject(fourEyes);
  await reject(second);
  const anew = await write();
  expect(await release(writer, anew)).toMatchObject(fourEyes);
  expect(await release(other, anew)).toMatchObject({ status: 200 });
  const back = await changeFacts(writer, second, { title: 'Trở lại' });
  expect(back, 'one sound on air twice').toMatchObject({
    body: { code: 'soundAlreadyBrought', id: anew.id },
  });
});

test('who had a part in a rejected version cannot release it when it comes back, though another bulletin had its bytes', async () => {
  const unit = await villageOf();
  await setNumberAs(other, ['thu-y', '0237 3721 821']);
  await setNumberAs(third, ['thu-y', '0237 3721 822'], unit);
  const text = 'Trong thôn xin gọi thú y, số {thu-y}.';
  const first = await writeText(text, { units: [unit] });
  const lines = hotlineSchema.array().parse(await third.get('/api/hotlines'));
  const line = lines.find((each) => each.key === 'thu-y' && each.unit === unit);
  await third.call('DELETE', `/api/hotlines/${line?.id}`);
  const second = await untilSecond(first);
  await reject(second);
  const anew = await writeText(text, { units: [unit] });
  expect(anew.clip).toBe(second.clip);
  await reject(anew);
  const back = await changeFacts(writer, second, { title: 'Thú y' });
  const again = bulletinSchema.parse(back.body);
  expect(again).toMatchObject({ version: 3, clip: second.clip });
  for (const maker of [other, third, writer]) {
    expect(await release(maker, again)).toMatchObject(fourEyes);
  }
  expect(await release(newsroom.approver, again)).toMatchObject({ status: 200 });
});

test('who has a bulletin on air be meant for one village cannot release what is then said there', async () => {
  const unit = await villageOf();
  await setNumberAs(other, ['truc-ban', '0237 3721 831']);
  await setNumberAs(other, ['truc-ban', '0237 3721 832'], unit);
  const first = await writeText('Bà con xin gọi trực ban, số {truc-ban}.');
  expect(await release(newsroom.approver, first)).toMatchObject({ status: 200 });
  const narrowed = await changeFacts(third, first, { units: [unit] });
  expect(narrowed, 'it sounds less, at once').toMatchObject({ body: { state: 'released' } });
  const second = await untilSecond(first);
  for (const maker of [third, other]) {
    expect(await release(maker, second)).toMatchObject(fourEyes);
  }
  expect(await release(writer, second)).toMatchObject({ status: 200 });
});
