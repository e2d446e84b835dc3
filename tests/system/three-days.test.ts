import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { recordBatchSchema } from '#schemas/records/delivery.ts';
import { logRecordSchema } from '#schemas/records/log-record.ts';
import { loggedBroadcasts, readLog, type ToldLog, verifyExport } from '#tests/support/evidence.ts';
import { clipOfPath, type SoundedAt } from '#tests/support/fake-village.ts';
import {
  AFTER,
  at,
  DAYS,
  FIRST,
  liveThreeDays,
  type Scene,
  SECOND,
  type Story,
  setScene,
  THIRD,
} from './support/three-days.ts';

const STORY_TIMEOUT_MS = 180_000;
/** What a power cut may cost of what sounded. */
const MAX_UNCLAIMED_MS = 5_000;

let scene: Scene;
let story: Story;
let log: ToldLog;

beforeAll(async () => {
  scene = await setScene();
  story = await liveThreeDays(scene);
  log = await readLog(scene.commune.operator, scene.commune.speaker);
}, STORY_TIMEOUT_MS);
afterAll(() => scene?.end());

const sum = (numbers: readonly number[]): number => numbers.reduce((all, each) => all + each, 0);

const soundedBetween = (fromMs: number, toMs: number): SoundedAt[] =>
  scene.village.sounded().filter(({ startMs, endMs }) => startMs < toMs && fromMs < endMs);

const sessionsOf = (day: string) => [
  ...Map.groupBy(story.plannedByDay.get(day) ?? [], ({ session }) => session).values(),
];

/** What sounded while a session was planned to sound. */
const soundedIn = (slots: readonly { readonly atMs: number; readonly durationMs: number }[]) => {
  const last = slots.at(-1);
  return soundedBetween(slots[0]?.atMs ?? 0, (last?.atMs ?? 0) + (last?.durationMs ?? 0));
};

test.each([
  { day: FIRST, sessions: 2, why: 'nothing happens' },
  { day: SECOND, sessions: 1, why: 'the network is down, later the power' },
  { day: THIRD, sessions: 2, why: 'a bulletin was withdrawn the evening before' },
])('every planned item of $day sounds at its second and whole ($why)', ({ day, sessions }) => {
  expect(scene.village.faults).toEqual([]);
  expect(sessionsOf(day)).toHaveLength(2);
  for (const slots of sessionsOf(day).slice(0, sessions)) {
    expect(
      soundedIn(slots).map(({ path, startMs, endMs }) => [
        clipOfPath(path),
        startMs,
        endMs - startMs,
      ]),
    ).toEqual(slots.map(({ clip, atMs, durationMs }) => [clip, atMs, durationMs]));
  }
});

test.each(DAYS)('the rule is met on %s, and the evidence is what sounded', (day) => {
  const verdict = story.verdictByDay.get(day);
  expect(verdict).toMatchObject({ verdict: 'met', owed: 2, has: 2 });
  const counted = verdict?.sessions.filter((session) => session.counted) ?? [];
  expect(counted.map(({ session }) => session)).toEqual(
    sessionsOf(day).map((slots) => slots[0]?.session),
  );
  for (const [index, slots] of sessionsOf(day).entries()) {
    const soundedMs = sum(soundedIn(slots).map(({ startMs, endMs }) => endMs - startMs));
    const isCut = day === SECOND && index === 1;
    const airtimeMs = counted[index]?.airtimeMs ?? 0;
    expect(airtimeMs).toBeLessThanOrEqual(soundedMs);
    expect(airtimeMs).toBeGreaterThanOrEqual(soundedMs - (isCut ? MAX_UNCLAIMED_MS : 0));
    expect(sum(counted[index]?.broadcasts.map(({ audibleMs }) => audibleMs) ?? [])).toBe(airtimeMs);
  }
});

test('a power cut ends the sound at once, and the log claims at most what sounded', () => {
  const { fromMs, toMs } = story.powerCut;
  expect(soundedBetween(fromMs, toMs)).toEqual([]);
  const lost = scene.village.sounded().find(({ endMs }) => endMs === fromMs);
  const soundedMs = fromMs - (lost?.startMs ?? fromMs);
  expect(soundedMs).toBeGreaterThan(0);
  const records = log.records.map(({ record }) => record);
  const claimed = loggedBroadcasts(records).filter(({ record }) => record.reason === 'powerLoss');
  expect(claimed).toHaveLength(1);
  expect(claimed[0]?.fromMs).toBe(lost?.startMs);
  expect(claimed[0]?.audibleMs).toBeLessThanOrEqual(soundedMs);
  expect(claimed[0]?.audibleMs).toBeGreaterThanOrEqual(soundedMs - MAX_UNCLAIMED_MS);
  expect(records.filter(({ kind }) => kind === 'boot')).toMatchObject([
    { cause: 'first' },
    { cause: 'powerLoss' },
    { cause: 'cleanStop' },
  ]);
});

test('the session goes on after a power cut, at the place where it would be', () => {
  const evening = sessionsOf(SECOND)[1] ?? [];
  const rest = soundedIn(evening).filter(({ startMs }) => startMs >= story.powerCut.toMs);
  const sounds = rest.map(({ path }) => clipOfPath(path));
  expect(sounds.length).toBeGreaterThan(0);
  expect(sounds).toEqual(evening.slice(-sounds.length).map(({ clip }) => clip));
});

test('what was recorded without a network arrives afterwards, oldest first and exactly once', () => {
  const { fromMs, toMs, publishedBefore } = story.outage;
  const arrivals = log.records.map(({ receivedMs }) => receivedMs);
  expect(arrivals.filter((ms) => fromMs < ms && ms < toMs)).toEqual([]);
  expect(arrivals).toEqual(arrivals.toSorted((a, b) => a - b));
  const late = log.records.filter(({ receivedMs }) => receivedMs === toMs);
  const morning = sessionsOf(SECOND)[0] ?? [];
  expect(late.filter(({ record }) => record.kind === 'ended').length).toBe(morning.length + 1);
  const sent = scene.village.published
    .slice(publishedBefore)
    .filter(({ topic }) => topic.endsWith('/log/records'))
    .flatMap(({ payload }) => {
      const { records } = recordBatchSchema.parse(JSON.parse(Buffer.from(payload).toString()));
      return records.map((each) => Buffer.from(each.payload, 'base64').toString());
    })
    .map((text) => logRecordSchema.parse(JSON.parse(text)).seq);
  expect(sent[0]).toBe(late[0]?.seq);
  expect(sent).toEqual(sent.toSorted((a, b) => a - b));
});

test('the server holds every record once, signed and chained without a hole', async () => {
  expect(log.findings).toEqual([]);
  expect(log.records.map(({ seq }) => seq)).toEqual(log.records.map((_, index) => index + 1));
  const states = new Set(log.records.map(({ signature, chain }) => `${signature} ${chain}`));
  expect([...states]).toEqual(['right right']);
  const { operator, speaker } = scene.commune;
  const path = join(scene.place.folder, 'log.ndjson');
  const { publicKey } = log;
  expect(await verifyExport(operator, { speaker, path, publicKey })).toBe(log.records.length);
});

test('the log tells each broadcast where it sounded', () => {
  const told = loggedBroadcasts(log.records.map(({ record }) => record));
  const sounded = scene.village.sounded();
  expect(told.map(({ record, fromMs }) => [record.item.clip, fromMs])).toEqual(
    sounded.map(({ path, startMs }) => [clipOfPath(path), startMs]),
  );
});

test('a withdrawn bulletin never sounds again', () => {
  const { bulletin, atMs, plannedBefore } = story.withdrawn;
  expect(plannedBefore).toBeGreaterThan(0);
  const later = soundedBetween(atMs, Number.POSITIVE_INFINITY);
  expect(later.length).toBeGreaterThan(0);
  expect(later.filter(({ path }) => clipOfPath(path) === bulletin.clip)).toEqual([]);
});

test('quiet hours stay silent, and what was ordered in them sounds when they are over', () => {
  for (const day of DAYS) {
    expect(soundedBetween(at(day, '00:00'), at(day, '05:00'))).toEqual([]);
    expect(soundedBetween(at(day, '21:00'), at(day, '24:00'))).toEqual([]);
  }
  const { bulletin, waitsUntil } = story.byHand;
  expect(Date.parse(waitsUntil)).toBe(at(SECOND, '05:00'));
  const after = soundedBetween(at(SECOND, '05:00'), at(SECOND, '05:30'));
  expect(after.map(({ path }) => clipOfPath(path))).toEqual([bulletin.clip]);
  expect(after[0]?.startMs).toBeLessThan(at(SECOND, '05:00:10'));
});

test('a speaker that does not know the time stays silent and says why', () => {
  const { fromMs, toMs } = story.untrusted;
  expect(at(AFTER, '05:30')).toBeLessThan(toMs);
  expect(soundedBetween(fromMs, toMs)).toEqual([]);
  const refused = log.records
    .map(({ record }) => record)
    .filter((record) => record.kind === 'refused' && record.reason === 'clockUntrusted');
  expect(refused).toHaveLength(1);
});
