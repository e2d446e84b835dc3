import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as z from 'zod';
import { createFfmpegAudioTools } from '#content/ffmpeg-audio-tools.ts';
import { systemClock } from '#runtime/clock.ts';
import { localDayAt } from '#runtime/day-table.ts';
import { healthSchema } from '#schemas/health.ts';
import { playlistSchema } from '#schemas/playlist.ts';
import type { SessionId } from '#schemas/session.ts';
import type { Verdict } from '#schemas/verdict.ts';
import type { RunningServer } from '#server/main.ts';
import { type Commune, foundCommune } from '#tests/support/commune.ts';
import { quickenSockets } from '#tests/support/event-loop-rest.ts';
import { readLog, verdictOf } from '#tests/support/evidence.ts';
import { createFakeClock, type FakeClock } from '#tests/support/fake-clock.ts';
import { type FakeVillage, foundVillage } from '#tests/support/fake-village.ts';
import { createServerPlace, type ServerPlace } from '#tests/support/running-server.ts';
import { dayLine } from '../../web/features/today/day-line.ts';
import { type RepaidEntry, withMakeGoods } from '../../web/features/today/make-good-line.ts';

const ZONE = 'Asia/Ho_Chi_Minh';
const [FIRST, SECOND] = ['2026-11-23', '2026-11-24'] as const;
const at = (day: string, time: string) => Date.parse(`${day}T${time}+07:00`);
const SCENE_TIMEOUT_MS = 180_000;

let clock: FakeClock;
let place: ServerPlace;
let server: RunningServer;
let commune: Commune;
let village: FakeVillage;
let rule: string;
let slacken: () => void;

beforeAll(async () => {
  clock = createFakeClock(at('2026-11-22', '08:00:00'));
  slacken = quickenSockets();
  place = await createServerPlace();
  const audio = createFfmpegAudioTools(systemClock());
  server = await place.run({ settings: { FOUR_EYES: 'true' }, given: { clock, audio } });
  const days = { from: FIRST, to: SECOND };
  commune = await foundCommune(server, place.folder, days);
  for (const [index, seconds] of [14, 17, 20].entries()) {
    const recording = { title: `Bản tin ${index + 1}`, format: 'mp3', skip: index * 8 } as const;
    await commune.bring({ ...recording, seconds });
    await clock.advance(60_000);
  }
  const dayparts = [
    { from: '05:30', to: '07:30' },
    { from: '17:00', to: '18:30' },
  ];
  rule = await commune.rule({ ...days, minOccurrences: 2, minMinutes: 1, dayparts });
  const folder = join(place.folder, 'agent');
  const code = await commune.code();
  village = await foundVillage({ clock, folder, serverUrl: server.url, code });
  await village.start();
}, SCENE_TIMEOUT_MS);
afterAll(async () => {
  await village?.stop();
  await server?.stop();
  await place?.remove();
  slacken?.();
});

const stateSchema = z.looseObject({ online: z.boolean(), health: healthSchema.nullable() });
const plansSchema = z.array(
  z.looseObject({
    days: z.array(z.looseObject({ day: z.string(), playlist: playlistSchema.nullable() })),
  }),
);

/** The line of a day as the console draws it from what the server answers now. */
const lineOf = async (day: string): Promise<readonly RepaidEntry[]> => {
  const { operator, speaker } = commune;
  const { health } = stateSchema.parse(await operator.get(`/api/speakers/${speaker}/health`));
  const [plans] = plansSchema.parse(await operator.get(`/api/plans?speaker=${speaker}&day=${day}`));
  const { records } = await readLog(operator, speaker);
  const playing = health?.playing ?? null;
  const facts = {
    nowMs: clock.wallMs(),
    isToday: (instantMs: number) => localDayAt(instantMs, ZONE) === day,
    playlist: plans?.days[0]?.playlist ?? null,
    records: records.map(({ record }) => record),
    playing: playing === null ? null : { ...playing, bulletin: null },
    evidence: [],
  };
  return withMakeGoods(dayLine(facts), facts, health?.makeGoods ?? []);
};

const repaying = async (day: string): Promise<RepaidEntry | undefined> =>
  (await lineOf(day)).find(({ repays }) => repays !== null);

const verdict = (day: string): Promise<Verdict | undefined> =>
  verdictOf(commune.operator, { rule, speaker: commune.speaker, day });

/** The power is off over the morning session of the day. */
const darkMorning = async (day: string): Promise<SessionId> => {
  await clock.advanceToWall(at(day, '05:20:00'));
  const [morning] = await lineOf(day);
  if (morning === undefined) throw new Error('nothing is planned');
  await village.cutPower();
  await clock.advanceToWall(at(day, '06:00:00'));
  await village.start();
  return morning.session;
};

test(
  'a missed session is repaid by the speaker: planned, playing, aired on the line, and the day is met',
  async () => {
    const missed = await darkMorning(FIRST);
    await clock.advance(30_000);
    const planned = await repaying(FIRST);
    expect(planned).toMatchObject({ state: 'planned', repays: missed });
    const { startMs = 0, endMs = 0 } = planned ?? {};
    expect(await verdict(FIRST)).toMatchObject({ verdict: 'pending', has: 0 });
    await clock.advanceToWall(startMs + 10_000);
    expect(await repaying(FIRST)).toMatchObject({ state: 'playing', repays: missed });
    await clock.advanceToWall(endMs + 10_000);
    expect(await repaying(FIRST)).toMatchObject({ state: 'aired', repays: missed });
    expect((await lineOf(FIRST)).find(({ session }) => session === missed)).toMatchObject({
      state: 'missed',
      repaidAtMs: startMs,
    });
    expect(await verdict(FIRST)).toMatchObject({ has: 1 });
  },
  SCENE_TIMEOUT_MS,
);

test(
  'a plan that is made anew after the miss repays nothing itself, and the day is met once',
  async () => {
    const { operator, speaker } = commune;
    const read = async () => {
      const [plans] = plansSchema.parse(
        await operator.get(`/api/plans?speaker=${speaker}&day=${FIRST}`),
      );
      return (plans?.days[0]?.playlist?.sessions ?? []).map(({ id }) => id);
    };
    const [missed, evening] = await read();
    await clock.advanceToWall(at(FIRST, '08:00:00'));
    await commune.bring({ title: 'Bản tin mới', format: 'mp3', skip: 40, seconds: 16 });
    await clock.advance(60_000);
    expect(await read()).toEqual([missed, evening]);
    await clock.advanceToWall(at(SECOND, '00:05:00'));
    expect(await verdict(FIRST)).toMatchObject({ verdict: 'met', has: 2 });
    const line = await lineOf(FIRST);
    expect(line.map(({ state }) => state)).toEqual(['missed', 'aired', 'aired']);
    expect(village.faults).toEqual([]);
  },
  SCENE_TIMEOUT_MS,
);

test(
  'where a permit is needed the session waits, an approver gives it, and the day is met',
  async () => {
    const { administrator, operator, approver, speaker } = commune;
    await administrator.post('/api/make-good/policy', { mode: 'permit' });
    const missed = await darkMorning(SECOND);
    await clock.advance(180_000);
    const entryOf = async () => (await lineOf(SECOND)).find(({ session }) => session === missed);
    expect(await entryOf()).toMatchObject({ state: 'missed', notRepaid: 'noPermit' });
    const asked = { speaker, session: missed };
    const { status } = await operator.call('POST', '/api/make-good/permits', { json: asked });
    expect(status).toBe(403);
    await approver.post('/api/make-good/permits', asked);
    await clock.advance(15_000);
    expect(await repaying(SECOND)).toMatchObject({ state: 'planned', repays: missed });
    await clock.advanceToWall(at('2026-11-25', '00:05:00'));
    expect(await verdict(SECOND)).toMatchObject({ verdict: 'met', has: 2 });
  },
  SCENE_TIMEOUT_MS,
);
