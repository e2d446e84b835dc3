import { expect, test } from 'vitest';
import { addDays } from '#runtime/day-table.ts';
import { type AgentRig, createAgentRig } from './support/agent-rig.ts';
import { clipOf, playlistOf, sessionOf } from './support/station.ts';

const TODAY = '2026-11-23';
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const days = Array.from({ length: 15 }, (_, index) => addDays(TODAY, index));
const first = clipOf('first', MINUTE_MS);
const last = clipOf('last', MINUTE_MS);

const startOf = (day: string): number => Date.parse(`${day}T08:05:00+07:00`);

const village = (): AgentRig => {
  const rig = createAgentRig({ at: `${TODAY}T12:00:00+07:00` });
  rig.addClips(first);
  rig.station.limit();
  return rig;
};

const pointTo = (rig: AgentRig, wanted: readonly string[]): void => {
  const planned = wanted.map((day) => {
    const clip = day === days[12] ? last : first;
    return [day, rig.station.plan(playlistOf(day, [sessionOf(startOf(day), [clip])]))] as const;
  });
  rig.station.point({ days: Object.fromEntries(planned) });
};

test('a speaker names the clip that is missing for the thirteenth day, and says so when it has come', async () => {
  const rig = village();
  pointTo(rig, days);
  await rig.boot();
  await rig.clock.advance(10 * MINUTE_MS);
  expect(rig.station.health()?.preflight).toMatchObject({
    day: TODAY,
    unplannedDays: [],
    missingPlaylists: [],
    missingClips: [{ sha256: last.sha256, bytes: last.bytes.length, day: days[12] }],
    missingClipCount: 1,
    missingClipBytes: last.bytes.length,
    clock: { source: 'server' },
  });
  rig.addClips(last);
  await rig.clock.advance(HOUR_MS);
  expect(rig.station.health()?.preflight).toMatchObject({ missingClips: [], missingClipCount: 0 });
  expect(rig.faults).toEqual([]);
});

test('everything for fourteen days is fetched beforehand, long before it is due', async () => {
  const rig = village();
  rig.addClips(last);
  pointTo(rig, days);
  await rig.boot();
  await rig.clock.advance(MINUTE_MS);
  const asked = rig.requests.map(({ sha256 }) => sha256);
  expect(asked).toEqual([first.sha256, last.sha256]);
  expect(rig.station.health()?.cache.completeThrough).toBe(days[14]);
});

test('the report of the evening is sent between 19:30 and 20:00, also when nothing has changed', async () => {
  const rig = village();
  rig.addClips(last);
  pointTo(rig, days);
  await rig.boot();
  await rig.clock.advanceToWall(Date.parse(`${TODAY}T19:29:00+07:00`));
  const before = rig.station.health()?.preflight?.madeMs ?? 0;
  expect(before).toBeLessThan(Date.parse(`${TODAY}T12:30:00+07:00`));
  await rig.clock.advanceToWall(Date.parse(`${TODAY}T20:00:00+07:00`));
  const evening = rig.station.health()?.preflight?.madeMs ?? 0;
  expect(evening).toBeGreaterThanOrEqual(Date.parse(`${TODAY}T19:30:00+07:00`));
  await rig.clock.advance(HOUR_MS);
  expect(rig.station.health()?.preflight?.madeMs).toBe(evening);
});

test('days that nobody planned are named', async () => {
  const rig = village();
  pointTo(rig, days.slice(0, 5));
  await rig.boot();
  await rig.clock.advance(5 * MINUTE_MS);
  expect(rig.station.health()?.preflight?.unplannedDays).toEqual(days.slice(5, 14));
});

test('without a trusted clock there is no report, and health says that the clock is not trusted', async () => {
  const rig = village();
  rig.station.answersTime(false);
  await rig.boot();
  await rig.clock.advance(HOUR_MS);
  expect(rig.station.health()).toMatchObject({ preflight: null, clock: { source: 'none' } });
});

test('the evening’s report stands in the signed log, once an evening, also over a restart', async () => {
  const rig = village();
  pointTo(rig, days.slice(0, 3));
  const boot = await rig.boot();
  await rig.clock.advanceToWall(Date.parse(`${TODAY}T19:25:00+07:00`));
  expect(rig.recordsOf('preflight')).toEqual([]);
  await rig.clock.advanceToWall(Date.parse(`${TODAY}T19:50:00+07:00`));
  boot.powerCut();
  await rig.boot();
  await rig.clock.advanceToWall(Date.parse(`${days[1]}T20:00:00+07:00`));
  const reports = rig.recordsOf('preflight').map(({ report }) => report);
  expect(reports.map(({ day }) => day)).toEqual(days.slice(0, 2));
  expect(reports[0]).toMatchObject({
    unplannedDays: days.slice(3, 14),
    missingClipCount: 0,
    clock: { source: 'server' },
  });
  expect(reports[0]?.madeMs).toBeLessThan(Date.parse(`${TODAY}T20:00:00+07:00`));
  expect(rig.faults).toEqual([]);
});
