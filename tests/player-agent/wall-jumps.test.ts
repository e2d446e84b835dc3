import { expect, test } from 'vitest';
import { type AgentRig, createAgentRig, type RigBoot } from './support/agent-rig.ts';
import { clipOf, playlistOf, sessionOf } from './support/station.ts';

const DAYS = ['2026-11-23', '2026-11-24', '2026-11-25'];
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const clips = ['one', 'two', 'three', 'four'].map((name) => clipOf(name, MINUTE_MS));
const startOf = (day: string): number => Date.parse(`${day}T08:05:00+07:00`);

const jumps = [
  { why: 'three days ahead', byMs: 3 * DAY_MS },
  { why: 'three days back', byMs: -3 * DAY_MS },
  { why: 'an hour ahead', byMs: HOUR_MS },
  { why: 'an hour back', byMs: -HOUR_MS },
  { why: '90 seconds ahead', byMs: 90_000 },
  { why: '90 seconds back', byMs: -90_000 },
];

/** A session each morning of three days, the agent in the second minute of the first. */
const midSession = async (): Promise<{ rig: AgentRig; boot: RigBoot }> => {
  const rig = createAgentRig({ at: `${DAYS[0]}T08:00:00+07:00` });
  rig.addClips(...clips);
  rig.station.limit();
  const planned = DAYS.map((day) => [
    day,
    rig.station.plan(playlistOf(day, [sessionOf(startOf(day), clips)])),
  ]);
  rig.station.point({ days: Object.fromEntries(planned) });
  const boot = await rig.boot();
  await rig.clock.advanceToWall(startOf('2026-11-23') + 90_000);
  return { rig, boot };
};

const startsOf = (boot: RigBoot): readonly number[] =>
  boot.player.sounded.map(({ fromMs }) => fromMs);

const MORNING = [5, 6, 7, 8].map((minute) => minute * MINUTE_MS);

test.each(jumps)(
  'a wall clock that jumps $why in a session changes nothing: three mornings, each item once and whole',
  async ({ byMs }) => {
    const { rig, boot } = await midSession();
    rig.station.answersTime(false);
    rig.broker.setUp(false);
    rig.clock.jumpWall(byMs);
    await rig.clock.advance(2 * DAY_MS + HOUR_MS);
    rig.broker.setUp(true);
    await rig.clock.settle();
    const expected = [0, 1, 2].flatMap((day) => MORNING.map((atMs) => atMs + day * DAY_MS));
    const off = startsOf(boot).map((fromMs, index) => Math.abs(fromMs - (expected[index] ?? 0)));
    expect(off).toHaveLength(12);
    expect(Math.max(...off)).toBeLessThan(5);
    const ended = rig.recordsOf('ended');
    expect(ended.map(({ outcome }) => outcome)).toEqual(new Array(12).fill('whole'));
    expect(ended.map(({ played }) => played.toMs - played.fromMs)).toEqual(
      new Array(12).fill(MINUTE_MS),
    );
    expect(rig.recordsOf('clock')).toHaveLength(1);
    // One an hour, and one after each of the two midnights.
    expect(rig.recordsOf('heartbeat').length).toBeLessThan(55);
  },
);

test.each(jumps)(
  'a server that corrects the time to $why in a session lets it sound to its end, once',
  async ({ byMs }) => {
    const { rig, boot } = await midSession();
    rig.clock.jumpWall(byMs);
    await rig.clock.advance(20 * MINUTE_MS);
    expect(rig.recordsOf('clock')).toHaveLength(2);
    const heard = rig
      .recordsOf('ended')
      .filter(({ session }) => session.endsWith(`${startOf('2026-11-23')}`));
    expect(heard.map(({ slotOffsetMs, outcome }) => [slotOffsetMs, outcome])).toEqual(
      [0, 1, 2, 3].map((minute) => [minute * MINUTE_MS, 'whole']),
    );
    await rig.clock.advance(2 * HOUR_MS);
    expect(startsOf(boot).filter((fromMs) => fromMs < 4 * HOUR_MS)).toEqual(MORNING);
  },
);

test.each([
  { why: '1970', at: '1970-01-01T00:00:10Z' },
  { why: '2038', at: '2038-01-19T03:14:00Z' },
])(
  'a box that boots in $why is silent, says so, and joins once the time is trusted',
  async ({ at }) => {
    const rig = createAgentRig({ at: `${DAYS[0]}T08:04:00+07:00` });
    rig.addClips(...clips);
    rig.station.limit();
    const day = rig.station.plan(
      playlistOf('2026-11-23', [sessionOf(startOf('2026-11-23'), clips)]),
    );
    rig.station.point({ days: { '2026-11-23': day } });
    rig.station.answersTime(false);
    const atMs = Date.parse(at) - rig.clock.wallMs();
    rig.clock.jumpWall(atMs);
    const boot = await rig.boot();
    await rig.clock.advance(2.5 * MINUTE_MS);
    expect(boot.player.sounded).toEqual([]);
    expect(rig.recordsOf('refused')).toMatchObject([{ reason: 'clockUntrusted' }]);
    expect(rig.recordsOf('refused').map(({ clock }) => clock)).toEqual([
      { source: 'none', offsetMs: null, uncertaintyMs: null },
    ]);
    rig.clock.jumpWall(-atMs);
    rig.station.answersTime(true);
    await rig.clock.advance(6 * MINUTE_MS);
    expect(rig.recordsOf('ended').map(({ reason }) => reason)).toEqual(['joinedLate', null, null]);
  },
);
