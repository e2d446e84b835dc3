import { afterAll, beforeAll, expect, test } from 'vitest';
import * as z from 'zod';
import { createEspeakSpeech } from '#content/espeak-speech.ts';
import type { Speech } from '#content/ports.ts';
import { systemClock } from '#runtime/clock.ts';
import { type Bulletin, bulletinSchema } from '#schemas/entities/bulletin.ts';
import { unitSchema } from '#schemas/entities/site.ts';
import type { RunningServer } from '#server/main.ts';
import {
  type ApiCaller,
  callAs,
  firstAdministrator,
  newPerson,
} from '#tests/support/api-caller.ts';
import { eventually } from '#tests/support/eventually.ts';
import { createServerPlace, type ServerPlace } from '#tests/support/running-server.ts';

/** The voice, which a test can have stand before a text. */
interface HeldVoice extends Speech {
  readonly said: string[];
  /** Called before each text is spoken. */
  before: () => Promise<void>;
}

const createHeldVoice = (): HeldVoice => {
  const espeak = createEspeakSpeech(systemClock());
  const voice: HeldVoice = {
    said: [],
    before: async () => {},
    voices: espeak.voices,
    speak: async (text, ...rest) => {
      await voice.before();
      voice.said.push(text);
      return espeak.speak(text, ...rest);
    },
  };
  return voice;
};

const DEADLINE_MS = 60_000;
const voice = createHeldVoice();
let place: ServerPlace;
let server: RunningServer;
let writer: ApiCaller;
let other: ApiCaller;

const run = () => place.run({ settings: { FOUR_EYES: 'true' }, given: { speech: voice } });

beforeAll(async () => {
  place = await createServerPlace();
  server = await run();
  const administrator = await firstAdministrator(server);
  const person = (username: string) =>
    newPerson(server, administrator, { username, roles: ['operator', 'approver'] });
  writer = await person('lan');
  other = await person('minh');
});
afterAll(async () => {
  voice.before = async () => {};
  await server?.stop();
  await place?.remove();
});

const setNumber = (key: string, number: string | null, more = {}) =>
  other.call('PUT', '/api/hotlines', {
    json: { key, kind: 'police', name: key, unit: null, number, ...more },
  });
const write = async (title: string, text: string, more = {}) =>
  bulletinSchema.parse(await writer.post('/api/bulletins/text', { title, text, ...more }));
const release = (caller: ApiCaller, { id, clip }: Bulletin) =>
  caller.call('POST', `/api/bulletins/${id}/release`, { json: { clip } });
const versionsOf = async ({ first }: Bulletin) =>
  z
    .array(bulletinSchema)
    .parse(await writer.get('/api/bulletins'))
    .filter((bulletin) => bulletin.first === first)
    .toSorted((a, b) => a.version - b.version);
const statesOf = async (bulletin: Bulletin) =>
  (await versionsOf(bulletin)).map(({ state }) => state);
const untilStates = (bulletin: Bulletin, states: readonly string[]) =>
  eventually(
    () => statesOf(bulletin),
    (found) => found.join() === states.join(),
    DEADLINE_MS,
  );

test('what is on the air is spoken anew, waits for another person than who changed the number, and only then gives way', async () => {
  await setNumber('cong-an', '113');
  const first = await write('Báo tin', 'Bà con xin gọi công an, số {cong-an}.');
  expect(await release(other, first)).toMatchObject({ status: 200 });
  await setNumber('cong-an', '0237 3721 150');
  await untilStates(first, ['released', 'submitted']);
  const [, second] = await versionsOf(first);
  if (second === undefined) throw new Error('no second version');
  expect(voice.said.at(-1)).toContain('không hai ba bảy, ba bảy hai một, một năm không');
  expect(second).toMatchObject({ version: 2, versionReason: 'cong-an: 113 → 0237 3721 150' });
  expect(second.clip).not.toBe(first.clip);
  expect(await release(other, second)).toMatchObject({ body: { code: 'fourEyes' } });
  expect(await release(writer, second)).toMatchObject({ status: 200 });
  expect(await statesOf(first)).toEqual(['replaced', 'released']);
});

test('what waits for an approver is spoken anew before it can be released with the old number', async () => {
  await setNumber('tram-y-te', '115');
  const first = await write('Trạm y tế', 'Bà con xin gọi trạm y tế, số {tram-y-te}.');
  const held = Promise.withResolvers<void>();
  voice.before = () => held.promise;
  await setNumber('tram-y-te', '0237 3721 199');
  expect(await release(other, first)).toMatchObject({ body: { code: 'changedMeanwhile' } });
  held.resolve();
  await untilStates(first, ['replaced', 'submitted']);
  voice.before = async () => {};
});

test('a draft that waited for a number is spoken with it and stays a draft', async () => {
  const script = 'Bà con xin gọi trưởng thôn, số {truong-thon}.';
  const first = await write('Trưởng thôn', script, { submit: false });
  expect(voice.said.at(-1)).toContain('chưa có số');
  await setNumber('truong-thon', '0912 345 678');
  await untilStates(first, ['replaced', 'draft']);
  const [, second] = await versionsOf(first);
  const submitted = await writer.call('POST', `/api/bulletins/${second?.id}/submit`);
  expect(submitted).toMatchObject({ status: 200, body: { state: 'submitted' } });
});

test('what says a wrong number can be held back at once, and waits for the right one', async () => {
  await setNumber('doi-pccc', '114');
  const first = await write('Báo cháy', 'Khi có cháy, xin gọi số {doi-pccc}.');
  await release(other, first);
  await setNumber('doi-pccc', null, { holdBack: true });
  expect(await statesOf(first)).toEqual(['replaced']);
  await setNumber('doi-pccc', '0237 3721 114');
  await untilStates(first, ['replaced', 'submitted']);
});

test('what is held back is what says another number than is right for its own unit, and nothing else', async () => {
  const units = z.array(unitSchema).parse(await writer.get('/api/units'));
  const village = units.find(({ parent }) => parent !== null)?.id;
  await setNumber('truc-xa', '0237 3721 301');
  await setNumber('truc-xa', '0237 3721 301', { unit: village });
  const everywhere = await write('Trực xã', 'Toàn xã xin gọi trực xã, số {truc-xa}.');
  const inVillage = await write('Trực thôn', 'Trong thôn xin gọi trực xã, số {truc-xa}.', {
    units: [village],
  });
  await release(other, everywhere);
  await release(other, inVillage);
  await setNumber('truc-xa', '0237 3721 302', { holdBack: true });
  await untilStates(everywhere, ['replaced', 'submitted']);
  expect(await statesOf(inVillage)).toEqual(['released']);
  await setNumber('truc-xa', '0237 3721 303', { unit: village });
  await untilStates(inVillage, ['released', 'submitted']);
  await setNumber('truc-xa', '0237 3721 303', { unit: village, holdBack: true });
  expect(await statesOf(inVillage)).toEqual(['replaced', 'submitted']);
});

test('what was held back is spoken anew, though another version was declined before', async () => {
  await setNumber('doi-dan-phong', '0237 3721 501');
  const first = await write('Dân phòng', 'Xin gọi đội dân phòng, số {doi-dan-phong}.');
  await release(other, first);
  const more = { json: { priority: 'priority' } };
  const { body } = await writer.call('POST', `/api/bulletins/${first.id}/facts`, more);
  const { id } = bulletinSchema.parse(body);
  await writer.call('POST', `/api/bulletins/${id}/reject`, { json: { reason: 'Không gấp.' } });
  await setNumber('doi-dan-phong', '0237 3721 502', { holdBack: true });
  await untilStates(first, ['replaced', 'rejected', 'submitted']);
});

test('what an approver declined with the number in force is not spoken again', async () => {
  await setNumber('cong-an-tinh', '0692 888 999');
  const first = await write('Công an tỉnh', 'Xin gọi công an tỉnh, số {cong-an-tinh}.');
  await release(other, first);
  await setNumber('cong-an-tinh', '0692 888 111');
  await untilStates(first, ['released', 'submitted']);
  const [, second] = await versionsOf(first);
  await writer.call('POST', `/api/bulletins/${second?.id}/reject`, { json: { reason: 'Sai số.' } });
  await setNumber('cong-an-tinh', '0692 888 222');
  await untilStates(first, ['released', 'rejected', 'submitted']);
});

test('a server that stops in the middle goes on at its next start, the urgent ones first', async () => {
  await setNumber('truc-ban', '0237 3721 001');
  const text = (about: string) => `${about} Xin gọi trực ban, số {truc-ban}.`;
  const normal = await write('Thường', text('Tin thường.'));
  const urgent = await write('Khẩn', text('Tin khẩn.'), { priority: 'emergency' });
  const begun = Promise.withResolvers<void>();
  const held = Promise.withResolvers<void>();
  voice.before = () => {
    begun.resolve();
    return held.promise;
  };
  await setNumber('truc-ban', '0237 3721 002');
  await begun.promise;
  const stopping = server.stop();
  held.resolve();
  await stopping;
  expect(voice.said.at(-1)).toContain('Tin khẩn.');
  server = await run();
  writer = callAs(server.url, writer.token);
  other = callAs(server.url, other.token);
  await untilStates(normal, ['replaced', 'submitted']);
  expect(await statesOf(urgent)).toEqual(['replaced', 'submitted']);
  const spoken = voice.said.filter((said) => said.includes('không không hai'));
  expect(spoken.map((said) => said.slice(0, 9))).toEqual(['Tin khẩn.', 'Tin thườn']);
});
