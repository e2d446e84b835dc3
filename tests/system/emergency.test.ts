import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as z from 'zod';
import { createFfmpegAudioTools } from '#content/ffmpeg-audio-tools.ts';
import { systemClock } from '#runtime/clock.ts';
import type { RunningServer } from '#server/main.ts';
import type { ApiCaller } from '#tests/support/api-caller.ts';
import { type Commune, foundCommune, type Released } from '#tests/support/commune.ts';
import { quickenSockets } from '#tests/support/event-loop-rest.ts';
import { createFakeClock, type FakeClock } from '#tests/support/fake-clock.ts';
import { clipOfPath, type FakeVillage, foundVillage } from '#tests/support/fake-village.ts';
import { createServerPlace, type ServerPlace } from '#tests/support/running-server.ts';

/** In the site's quiet hours. */
const NIGHT = Date.parse('2026-11-23T03:00:00+07:00');
const SCENE_TIMEOUT_MS = 180_000;

let clock: FakeClock;
let place: ServerPlace;
let server: RunningServer;
let commune: Commune;
let village: FakeVillage;
let flood: Released;
let slacken: () => void;

beforeAll(async () => {
  clock = createFakeClock(NIGHT);
  slacken = quickenSockets();
  place = await createServerPlace();
  const audio = createFfmpegAudioTools(systemClock());
  server = await place.run({ given: { clock, audio } });
  const days = { from: '2026-11-22', to: '2026-11-30' };
  commune = await foundCommune(server, place.folder, days);
  const recording = { title: 'Nước sông lên', format: 'mp3', skip: 0 } as const;
  flood = await commune.bring({ ...recording, seconds: 12, priority: 'emergency' });
  const code = await commune.code();
  const folder = join(place.folder, 'agent');
  village = await foundVillage({ clock, folder, serverUrl: server.url, code });
  await village.start();
  await clock.advance(60_000);
}, SCENE_TIMEOUT_MS);
afterAll(async () => {
  await village?.stop();
  await server?.stop();
  await place?.remove();
  slacken?.();
});

const sentSchema = z.looseObject({ id: z.string() });
const shownSchema = z.looseObject({
  state: z.string(),
  answers: z.array(z.looseObject({ speaker: z.string(), answer: z.string() })),
});

const send = async (caller: ApiCaller, change: object = {}): Promise<string> => {
  const { unit } = commune;
  const wanted = { units: [unit], bulletins: [flood.id], repeats: 2, drill: false, ...change };
  return sentSchema.parse(await caller.post('/api/emergencies', wanted)).id;
};
const shown = async (id: string) =>
  shownSchema.parse(await commune.operator.get(`/api/emergencies/${id}`));

test(
  'an emergency of an approver sounds in quiet hours on the speakers of the unit, and each answers',
  async () => {
    const before = village.sounded().length;
    const id = await send(commune.approver);
    expect(await shown(id)).toMatchObject({ state: 'running', answers: [{ answer: 'waiting' }] });
    await clock.advance(60_000);
    const sounded = village.sounded().slice(before);
    expect(sounded.map(({ path }) => clipOfPath(path))).toEqual([flood.clip, flood.clip]);
    expect(await shown(id)).toMatchObject({
      answers: [{ speaker: commune.speaker, answer: 'sounded', soundedWhole: 2 }],
    });
  },
  SCENE_TIMEOUT_MS,
);

test(
  'a cancelled emergency falls silent, and cannot be cancelled twice',
  async () => {
    const before = village.sounded().length;
    const id = await send(commune.administrator, { repeats: 50 });
    await clock.advance(5_000);
    await commune.approver.post(`/api/emergencies/${id}/cancel`);
    await clock.advance(60_000);
    const [only, ...others] = village.sounded().slice(before);
    expect(others).toEqual([]);
    expect((only?.endMs ?? 0) - (only?.startMs ?? 0)).toBeLessThan(12_000);
    expect(await shown(id)).toMatchObject({
      state: 'cancelled',
      answers: [{ answer: 'cut', reason: 'stopped' }],
    });
    const again = await commune.approver.call('POST', `/api/emergencies/${id}/cancel`);
    expect(again).toMatchObject({ status: 409, body: { code: 'wrongState' } });
  },
  SCENE_TIMEOUT_MS,
);

test(
  'who comes back after an emergency has expired stays silent, and says why',
  async () => {
    const before = village.sounded().length;
    await village.cutPower();
    const id = await send(commune.approver, { expiresInMin: 30 });
    await clock.advance(2 * 3_600_000);
    await village.start();
    await clock.advance(120_000);
    expect(village.sounded().slice(before)).toEqual([]);
    expect(await shown(id)).toMatchObject({
      state: 'expired',
      answers: [{ answer: 'refused', reason: 'expired' }],
    });
  },
  SCENE_TIMEOUT_MS,
);

test('an operator may neither send nor cancel one, and nobody sends one to no one', async () => {
  const wanted = { units: [commune.unit], bulletins: [flood.id], drill: false };
  const sent = await commune.operator.call('POST', '/api/emergencies', { json: wanted });
  expect(sent).toMatchObject({ status: 403, body: { code: 'notAllowed' } });
  const [first] = z.array(sentSchema).parse(await commune.operator.get('/api/emergencies'));
  const cancelled = await commune.operator.call('POST', `/api/emergencies/${first?.id}/cancel`);
  expect(cancelled.status).toBe(403);
  const toNobody = await commune.approver.call('POST', '/api/emergencies', {
    json: { ...wanted, units: [] },
  });
  expect(toNobody.status).toBe(400);
});

test('what was sent and cancelled stands in the audit, with who did it', async () => {
  const entries = z
    .array(z.looseObject({ action: z.string(), actor: z.looseObject({ kind: z.string() }) }))
    .parse(await commune.administrator.get('/api/audit'));
  const deeds = entries.filter(({ action }) => /Emergency/.test(action));
  expect(deeds.map(({ action }) => action).sort()).toEqual([
    'cancelEmergency',
    ...['sendEmergency', 'sendEmergency', 'sendEmergency'],
  ]);
  expect(deeds.every(({ actor }) => actor.kind === 'user')).toBe(true);
});
