import { afterAll, beforeAll, expect, test } from 'vitest';
import * as z from 'zod';
import { createEspeakSpeech } from '#content/espeak-speech.ts';
import type { Speech } from '#content/ports.ts';
import { systemClock } from '#runtime/clock.ts';
import { type Bulletin, bulletinSchema } from '#schemas/entities/bulletin.ts';
import { hotlineSchema } from '#schemas/entities/hotline.ts';
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
let third: ApiCaller;
let fourth: ApiCaller;

const run = () => place.run({ settings: { FOUR_EYES: 'true' }, given: { speech: voice } });

beforeAll(async () => {
  place = await createServerPlace();
  server = await run();
  const administrator = await firstAdministrator(server);
  const person = (username: string) =>
    newPerson(server, administrator, { username, roles: ['operator', 'approver'] });
  writer = await person('lan');
  other = await person('minh');
  third = await person('hoa');
  fourth = await person('tam');
});
afterAll(async () => {
  voice.before = async () => {};
  await server?.stop();
  await place?.remove();
});

const setNumberAs = (
  caller: ApiCaller,
  [key, number]: readonly [string, string | null],
  more = {},
) =>
  caller.call('PUT', '/api/hotlines', {
    json: { key, kind: 'police', name: key, unit: null, number, ...more },
  });
const setNumber = (key: string, number: string | null, more = {}) =>
  setNumberAs(other, [key, number], more);
/** Has the voice stand before the next text; gives back when it does, and how to let it go on. */
const holdVoice = () => {
  const begun = Promise.withResolvers<void>();
  const held = Promise.withResolvers<void>();
  voice.before = () => {
    begun.resolve();
    return held.promise;
  };
  const go = () => {
    voice.before = async () => {};
    held.resolve();
  };
  return { begun: begun.promise, go };
};
const restart = async (go: () => void) => {
  const stopping = server.stop();
  go();
  await stopping;
  server = await run();
  [writer, other, third, fourth] = [
    callAs(server.url, writer.token),
    callAs(server.url, other.token),
    callAs(server.url, third.token),
    callAs(server.url, fourth.token),
  ];
};
const villageOf = async () => {
  const units = z.array(unitSchema).parse(await writer.get('/api/units'));
  return units.find(({ parent }) => parent !== null)?.id ?? '';
};
const newestOf = async (bulletin: Bulletin) => {
  const newest = (await versionsOf(bulletin)).at(-1);
  if (newest === undefined) throw new Error('no version');
  return newest;
};
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
  const village = await villageOf();
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

test('a server that stops in the middle goes on at its next start, the urgent ones first, and forgets nobody who changed a number', async () => {
  const unit = await villageOf();
  await setNumberAs(writer, ['thu-y', '0237 3721 601']);
  await setNumberAs(writer, ['thu-y', '0237 3721 602'], { unit });
  const own = await write('Thú y', 'Trong thôn xin gọi thú y, số {thu-y}.', { units: [unit] });
  expect(await release(fourth, own)).toMatchObject({ status: 200 });
  await setNumber('truc-ban', '0237 3721 001');
  const text = (about: string) => `${about} Xin gọi trực ban, số {truc-ban}.`;
  const normal = await write('Thường', text('Tin thường.'));
  const urgent = await write('Khẩn', text('Tin khẩn.'), { priority: 'emergency' });
  const { begun, go } = holdVoice();
  await setNumber('truc-ban', '0237 3721 002');
  await begun;
  const lines = z.array(hotlineSchema).parse(await third.get('/api/hotlines'));
  const line = lines.find((each) => each.key === 'thu-y' && each.unit === unit);
  expect(await third.call('DELETE', `/api/hotlines/${line?.id}`)).toMatchObject({ status: 200 });
  await restart(go);
  await untilStates(normal, ['replaced', 'submitted']);
  expect(await statesOf(urgent)).toEqual(['replaced', 'submitted']);
  const spoken = voice.said.filter((said) => said.includes('không không hai'));
  expect(spoken.map((said) => said.slice(0, 9))).toEqual(['Tin khẩn.', 'Tin thườn']);
  await untilStates(own, ['released', 'submitted']);
  const next = await newestOf(own);
  const refused = { body: { code: 'fourEyes' } };
  expect(await release(third, next), 'took the village’s away').toMatchObject(refused);
  expect(await release(writer, next), 'entered the one above').toMatchObject(refused);
  expect(await release(other, next)).toMatchObject({ status: 200 });
});

test('of those who changed two numbers and a word of one text at once, none can release it', async () => {
  await setNumber('so-mot', '0237 3721 701');
  await setNumber('so-hai', '0237 3721 702');
  await setNumber('so-ba', '0237 3721 703');
  const first = await write('Hai số', 'Theo KHĐV, bà con xin gọi số {so-mot} hoặc số {so-hai}.');
  await write('Số ba', 'Xin gọi số {so-ba}.');
  expect(await release(fourth, first)).toMatchObject({ status: 200 });
  const { begun, go } = holdVoice();
  await setNumber('so-ba', '0237 3721 704');
  await begun;
  await setNumber('so-mot', '0237 3721 705');
  await setNumberAs(third, ['so-hai', '0237 3721 706']);
  const json = { written: 'KHĐV', spoken: 'kế hoạch đơn vị' };
  expect(await writer.call('PUT', '/api/speech/pronunciations', { json })).toMatchObject({
    status: 200,
  });
  await setNumberAs(fourth, ['so-mot', '0237 3721 705'], { name: 'Tên khác' });
  go();
  await untilStates(first, ['released', 'submitted']);
  const second = await newestOf(first);
  expect(voice.said.find((said) => said.includes('kế hoạch đơn vị'))).toContain('bảy không sáu');
  for (const maker of [other, third, writer]) {
    expect(await release(maker, second)).toMatchObject({ body: { code: 'fourEyes' } });
  }
  expect(await release(fourth, second), 'who only renamed one').toMatchObject({ status: 200 });
});

test('what is said of a bulletin while it is spoken anew stands in the version that is made', async () => {
  await setNumber('thuy-loi', '0237 3721 801');
  const first = await write('Thủy lợi', 'Xin gọi trạm thủy lợi, số {thuy-loi}.');
  await release(other, first);
  const { begun, go } = holdVoice();
  await setNumber('thuy-loi', '0237 3721 802');
  await begun;
  await writer.post(`/api/bulletins/${first.id}/facts`, { title: 'Tên mới' });
  go();
  await untilStates(first, ['released', 'submitted']);
  expect(await newestOf(first)).toMatchObject({ title: 'Tên mới' });
});
