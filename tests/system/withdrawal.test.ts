import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as z from 'zod';
import { createFfmpegAudioTools } from '#content/ffmpeg-audio-tools.ts';
import { systemClock } from '#runtime/clock.ts';
import { preflightFaults, preflightSchema } from '#schemas/preflight.ts';
import type { RunningServer } from '#server/main.ts';
import { type Commune, foundCommune, type Released } from '#tests/support/commune.ts';
import { quickenSockets } from '#tests/support/event-loop-rest.ts';
import { createFakeClock, type FakeClock } from '#tests/support/fake-clock.ts';
import { clipOfPath, type FakeVillage, foundVillage } from '#tests/support/fake-village.ts';
import { createServerPlace, type ServerPlace } from '#tests/support/running-server.ts';

const SCENE_TIMEOUT_MS = 180_000;
const MINUTE_MS = 60_000;
const START_MS = Date.parse('2026-11-22T08:00:00+07:00');
const days = { from: '2026-11-23', to: '2026-12-31' };

const readinessSchema = z.array(
  z.looseObject({
    speaker: z.string(),
    online: z.boolean(),
    preflight: preflightSchema.nullable(),
    faults: z.array(z.enum(preflightFaults)),
    unheard: z.array(z.object({ bulletin: z.string(), title: z.string() })),
  }),
);

let clock: FakeClock;
let place: ServerPlace;
let server: RunningServer;
let commune: Commune;
let village: FakeVillage;
let kept: Released;
let withdrawn: Released;
let slacken: () => void;

const ready = async () => {
  const [speaker] = readinessSchema.parse(await commune.operator.get('/api/readiness'));
  if (speaker === undefined) throw new Error('no speaker');
  return speaker;
};

beforeAll(async () => {
  clock = createFakeClock(START_MS);
  slacken = quickenSockets();
  place = await createServerPlace();
  const audio = createFfmpegAudioTools(systemClock());
  server = await place.run({ settings: {}, given: { clock, audio } });
  commune = await foundCommune(server, place.folder, days);
  const bring = (title: string, skip: number) =>
    commune.bring({ title, seconds: 14, format: 'mp3', skip });
  kept = await bring('Bản tin ở lại', 0);
  withdrawn = await bring('Bản tin bị thu hồi', 8);
  const dayparts = [{ from: '05:30', to: '07:30' }];
  await commune.rule({ ...days, minOccurrences: 1, minMinutes: 1, dayparts });
  const folder = join(place.folder, 'agent');
  const code = await commune.code();
  village = await foundVillage({ clock, folder, serverUrl: server.url, code });
}, SCENE_TIMEOUT_MS);
afterAll(async () => {
  await village?.stop();
  await server?.stop();
  await place?.remove();
  slacken?.();
});

test('a speaker that has said nothing yet is not ready', async () => {
  expect(await ready()).toMatchObject({ faults: ['noReport'], preflight: null, unheard: [] });
});

test('a speaker whose plans and clips reach fourteen days ahead is ready', async () => {
  await village.start();
  await clock.advance(12 * MINUTE_MS);
  const { preflight, faults } = await ready();
  expect(preflight).toMatchObject({
    day: '2026-11-22',
    unplannedDays: [],
    missingPlaylists: [],
    missingClipCount: 0,
  });
  expect(faults).toEqual([]);
});

test('a withdrawal is listed for a speaker until it has confirmed it, and not when it goes away afterwards', async () => {
  await village.stop();
  await commune.operator.post(`/api/bulletins/${withdrawn.id}/withdraw`);
  await clock.settle();
  const unheard = [{ bulletin: withdrawn.id, title: withdrawn.title }];
  expect((await ready()).unheard).toEqual(unheard);
  await village.start();
  await clock.advance(2 * MINUTE_MS);
  expect((await ready()).unheard).toEqual([]);
  await village.cutPower();
  expect((await ready()).unheard).toEqual([]);
});

test('a speaker that holds plan and clip of a bulletin keeps silent about it once another version was released', async () => {
  await village.start();
  await clock.advanceToWall(Date.parse('2026-11-23T05:20:00+07:00'));
  expect((await village.health()).cache).toMatchObject({ neededClips: 1, presentClips: 1 });
  const next = await commune.bring({
    ...{ title: 'Bản tin mới', seconds: 14, format: 'mp3', skip: 16 },
    replaces: kept.id,
  });
  await clock.advanceToWall(Date.parse('2026-11-23T07:40:00+07:00'));
  const heard = new Set(village.sounded().map(({ path }) => clipOfPath(path)));
  expect([...heard]).toContain(next.clip);
  expect([...heard]).not.toContain(kept.clip);
});
