import { afterAll, beforeAll, expect, test } from 'vitest';
import * as z from 'zod';
import { systemClock } from '#runtime/clock.ts';
import { enrolmentGrantSchema } from '#schemas/enrolment.ts';
import { topicOf } from '#schemas/topics.ts';
import { MAX_FAILED_TRIES } from '#server/http/failed-tries-limit.ts';
import type { RunningServer } from '#server/main.ts';
import {
  type ApiCaller,
  callAs,
  firstAdministrator,
  newPerson,
} from '#tests/support/api-caller.ts';
import { newMachine } from '#tests/support/new-machine.ts';
import { createServerPlace, type ServerPlace } from '#tests/support/running-server.ts';
import { connectSpeaker } from '#tests/support/speaker-client.ts';

const DAY_MS = 86_400_000;
const clock = systemClock();
let laterMs = 0;

let place: ServerPlace;
let server: RunningServer;
let administrator: ApiCaller;
let unit: string;

beforeAll(async () => {
  place = await createServerPlace();
  server = await place.run({
    given: { clock: { ...clock, wallMs: () => clock.wallMs() + laterMs } },
  });
  administrator = await firstAdministrator(server);
  const units = z.array(z.object({ id: z.string() })).parse(await administrator.get('/api/units'));
  unit = units[0]?.id ?? '';
});
afterAll(async () => {
  await server.stop();
  await place.remove();
});

const createdSchema = z.object({
  speaker: z.object({ id: z.string() }),
  enrolment: z.object({ code: z.string(), expiresMs: z.number() }),
});
const newSpeaker = async () => {
  const json = { unit, name: 'Cụm loa mới' };
  const { speaker, enrolment } = createdSchema.parse(
    await administrator.post('/api/speakers', json),
  );
  return { id: speaker.id, code: enrolment.code };
};
const enrol = (json: unknown) => callAs(server.url).call('POST', '/api/enrol', { json });
const stateOf = async (id: string): Promise<unknown> => {
  const speakers = z.array(z.looseObject({ id: z.string() }));
  const all = speakers.parse(await administrator.get('/api/speakers'));
  return all.find((speaker) => speaker.id === id)?.state;
};

test('a machine with a code becomes the speaker, and its grant opens broker and clips', async () => {
  const { id, code } = await newSpeaker();
  expect(code).toMatch(/^[A-HJKMNP-TV-Z2-9]{4}-[A-HJKMNP-TV-Z2-9]{4}$/);
  const machine = newMachine();
  const answer = await enrol(machine.request(code));
  expect(answer.status).toBe(201);
  const grant = enrolmentGrantSchema.parse(answer.body);
  expect(grant).toMatchObject({ site: 'xa-thu', zone: 'Asia/Ho_Chi_Minh', speaker: id });
  expect(await stateOf(id)).toBe('enrolled');

  const { username, password, url } = grant.broker;
  const client = await connectSpeaker(url, { speaker: username, secret: password });
  const [granted] = await client.mqtt.subscribeAsync(
    topicOf('pointer', { site: grant.site, speaker: id }),
    { qos: 1 },
  );
  expect(granted?.qos).toBe(1);
  await client.mqtt.endAsync();

  const clip = `${grant.clips.url}/${'a'.repeat(64)}`;
  const known = await fetch(clip, { headers: { authorization: `Bearer ${password}` } });
  expect(known.status, 'known, but no such clip').toBe(404);
  const stranger = await fetch(clip, { headers: { authorization: 'Bearer nobody' } });
  expect(stranger.status).toBe(401);
  const misused = await callAs(server.url, password).call('GET', '/api/speakers');
  expect(misused.status, 'a speaker is no user').toBe(401);
});

test('a code is read out loud: case, blanks and the dash do not matter', async () => {
  const { code } = await newSpeaker();
  const spoken = ` ${code.toLowerCase().replace('-', ' ')}`;
  expect((await enrol(newMachine().request(spoken))).status).toBe(201);
});

test('two machines with one code: one becomes the speaker, the other is refused', async () => {
  const { code } = await newSpeaker();
  const answers = await Promise.all([
    enrol(newMachine().request(code)),
    enrol(newMachine().request(code)),
  ]);
  const statuses = answers.map(({ status }) => status).sort();
  expect(statuses[0]).toBe(201);
  expect([403, 409]).toContain(statuses[1]);
});

const refusals: {
  why: string;
  code: string;
  status: number;
  request: (code: string) => Promise<unknown>;
}[] = [
  {
    why: 'the code was never issued',
    code: 'enrolmentCodeUnknown',
    status: 403,
    request: async () => newMachine().request('ABCD-EFGH'),
  },
  {
    why: 'the code is used',
    code: 'enrolmentCodeUnknown',
    status: 403,
    request: async (code) => {
      const { code: other } = await newSpeaker();
      await enrol(newMachine().request(other));
      return newMachine().request(code === other ? code : other);
    },
  },
  {
    why: 'the code is a day old',
    code: 'enrolmentCodeExpired',
    status: 403,
    request: async (code) => {
      laterMs = DAY_MS;
      return newMachine().request(code);
    },
  },
  {
    why: 'the proof is by another key',
    code: 'enrolmentProofWrong',
    status: 403,
    request: async (code) => ({
      ...newMachine().request(code),
      publicKey: newMachine().publicKey,
    }),
  },
  {
    why: 'the proof is of another code',
    code: 'enrolmentProofWrong',
    status: 403,
    request: async (code) => ({ ...newMachine().request('ABCD-EFGH'), code }),
  },
  {
    why: 'the code has letters that are never used',
    code: 'requestInvalid',
    status: 400,
    request: async () => newMachine().request('0O1I-LLLL'),
  },
  {
    why: 'the key is no key',
    code: 'requestInvalid',
    status: 400,
    request: async (code) => ({ ...newMachine().request(code), publicKey: 'khóa' }),
  },
];

test.each(refusals)('nobody becomes a speaker when $why', async ({ code, status, request }) => {
  const waiting = await newSpeaker();
  const answer = await enrol(await request(waiting.code));
  laterMs = 0;
  expect(answer).toMatchObject({ status, body: { code } });
  expect(await stateOf(waiting.id)).toBe('awaiting');
  expect((await enrol(newMachine().request(waiting.code))).status, 'the code stays good').toBe(201);
});

test('of two machines with a code each for one speaker, one becomes it', async () => {
  const { id, code } = await newSpeaker();
  const issued = await administrator.call('POST', `/api/speakers/${id}/code`);
  const { code: other } = z.object({ code: z.string() }).parse(issued.body);
  const answers = await Promise.all([code, other].map((each) => enrol(newMachine().request(each))));
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
});

test('an enrolled speaker gets no further code, and an unknown one none at all', async () => {
  const { id, code } = await newSpeaker();
  await enrol(newMachine().request(code));
  const again = await administrator.call('POST', `/api/speakers/${id}/code`);
  expect(again).toMatchObject({ status: 409, body: { code: 'wrongState', state: 'enrolled' } });
  const nobody = '01900000-0000-7000-8000-000000000099';
  const unknown = await administrator.call('POST', `/api/speakers/${nobody}/code`);
  expect(unknown).toMatchObject({ status: 404, body: { code: 'unknownSpeaker' } });
});

test('a speaker needs a unit that is there', async () => {
  const json = { unit: '01900000-0000-7000-8000-000000000099', name: 'Cụm loa lạc' };
  const refused = await administrator.call('POST', '/api/speakers', { json });
  expect(refused).toMatchObject({ status: 404, body: { code: 'unknownUnit' } });
});

test('who starts server and speaker together gets a code for the speaker that waits', async () => {
  const issued = await server.issueCodeForWaitingSpeaker();
  expect(issued?.code).toMatch(/^....-....$/);
  expect(await stateOf(issued?.speaker ?? '')).toBe('awaiting');
});

test('speakers, units and bulletins are listed in pages, each behind the last id of the one before', async () => {
  await newSpeaker();
  const operator = await newPerson(server, administrator, { username: 'lan', roles: ['operator'] });
  for (const text of ['Tin thứ nhất.', 'Tin thứ hai.']) {
    await operator.post('/api/bulletins/text', { title: text, text });
  }
  const ids = z.array(z.looseObject({ id: z.string() }));
  for (const list of ['speakers', 'units', 'bulletins']) {
    const page = async (query: string) =>
      ids.parse(await administrator.get(`/api/${list}${query}`));
    const all = await page('');
    expect(all.length).toBeGreaterThan(1);
    expect(await page('?limit=1')).toEqual(all.slice(0, 1));
    expect(await page(`?limit=1&after=${all[0]?.id}`)).toEqual(all.slice(1, 2));
    expect(await page(`?after=${all[0]?.id}`)).toEqual(all.slice(1));
    expect(await page(`?after=${all.at(-1)?.id}`)).toEqual([]);
    const tooMany = await administrator.call('GET', `/api/${list}?limit=1001`);
    expect(tooMany).toMatchObject({ status: 400, body: { code: 'requestInvalid' } });
  }
});

test('guessing codes is slowed down, for the address that guesses', async () => {
  const { code } = await newSpeaker();
  const guesses = Array.from({ length: MAX_FAILED_TRIES }, () =>
    enrol(newMachine().request('AAAA-AAAA')),
  );
  await Promise.all(guesses);
  const answer = await enrol(newMachine().request(code));
  expect(answer).toMatchObject({ status: 429, body: { code: 'tooManyTries' } });
});
