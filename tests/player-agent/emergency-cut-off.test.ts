import { expect, test } from 'vitest';
import { nodeDisk } from '#player-agent/disk/node-disk.ts';
import type { Disk } from '#player-agent/ports/disk.ts';
import { plannedSessionId } from '#schemas/session.ts';
import { eventually } from '#tests/support/eventually.ts';
import type { AgentRig, RigBoot } from './support/agent-rig.ts';
import {
  at,
  MORNING,
  morning,
  repaying,
  rule,
  sessionsRepaying,
  verdictOf,
  village,
} from './support/missed-morning.ts';
import { clipOf, idOf, playlistOf, sessionOf } from './support/station.ts';

const MINUTE = 60_000;
const siren = clipOf('siren', 10_000);
/** Sound and pause of one repeat, in milliseconds. */
const REPEAT = 15_000;
const PATIENCE_MS = 60_000;

interface Scene {
  readonly rig: AgentRig;
  readonly boot: RigBoot;
  /** Sends an emergency that sounds for so long, in milliseconds. */
  readonly alarm: (lengthMs: number, change?: { readonly drill?: boolean }) => string;
}

const scene = async (): Promise<Scene> => {
  const rig = village();
  rig.addClips(siren);
  const playlist = rig.station.plan(playlistOf(null, [sessionOf(null, [siren])]));
  const makeGood = {
    ...{ mode: 'byItself' as const, owesFrom: null, rules: [rule], caps: [], programmes: [] },
  };
  rig.station.limit({ revision: 2, makeGood, alerts: [playlist] });
  const boot = await rig.boot();
  const alarm: Scene['alarm'] = (lengthMs, change = {}) =>
    rig.station.alarm({ playlist, repeats: Math.ceil(lengthMs / REPEAT), ...change }).id;
  return { rig, boot, alarm };
};

/** The sounds of the morning's session, in order: why each ended. */
const morningEnds = (rig: AgentRig) =>
  rig
    .recordsOf('ended')
    .filter(({ session }) => session === plannedSessionId(MORNING))
    .map(({ reason }) => reason);

test('a session that an emergency cut off, and that still qualifies when it is joined, is not repaid', async () => {
  const { rig, alarm } = await scene();
  await rig.clock.advanceToWall(MORNING + 100_000);
  alarm(REPEAT);
  await rig.clock.advanceToWall(at('07:00:00'));
  expect(morningEnds(rig)).toEqual(['preempted', 'joinedLate', null]);
  expect(repaying(rig)).toEqual([]);
  expect(rig.faults).toEqual([]);
});

test.each([
  {
    why: 'by a drill, in its middle',
    fromMs: MORNING + 100_000,
    lengthMs: 2 * MINUTE,
    drill: true,
  },
  { why: 'while it is loaded', fromMs: MORNING - 4_000, lengthMs: 2 * MINUTE, drill: false },
  { why: 'from before it until after its end', fromMs: MORNING - MINUTE, lengthMs: 10 * MINUTE },
])('what was taken from a session is repaid: $why', async ({ fromMs, lengthMs, drill = false }) => {
  const { rig, alarm } = await scene();
  await rig.clock.advanceToWall(fromMs);
  const id = alarm(lengthMs, { drill });
  await rig.clock.advanceToWall(at('07:00:00'));
  expect(sessionsRepaying(rig)).toHaveLength(1);
  expect(repaying(rig).map(({ item, outcome }) => [item.clip, outcome])).toEqual(
    morning.map(({ sha256 }) => [sha256, 'whole']),
  );
  const urgent = rig.recordsOf('ended').filter(({ emergency }) => emergency === id);
  expect(urgent).toHaveLength(lengthMs / REPEAT);
  expect(rig.faults).toEqual([]);
});

test('a make-good that an emergency cuts off is repaid again, without a network', async () => {
  const { rig, boot, alarm } = await scene();
  await rig.clock.advanceToWall(MORNING + 100_000);
  alarm(3 * MINUTE);
  await rig.clock.advance(6 * MINUTE);
  const [placed] = (await boot.agent.health()).makeGoods ?? [];
  await rig.clock.advanceToWall((placed?.startMs ?? 0) + 100_000);
  alarm(3 * MINUTE);
  await rig.clock.advance(MINUTE);
  rig.broker.setUp(false);
  await rig.clock.advanceToWall(at('07:00:00'));
  rig.broker.setUp(true);
  expect(await verdictOf(rig)).toMatchObject({ verdict: 'met', has: 2 });
  expect(sessionsRepaying(rig)).toHaveLength(2);
});

test('a power cut in the emergency loses neither the rest of it nor what it cut off', async () => {
  const { rig, boot, alarm } = await scene();
  await rig.clock.advanceToWall(MORNING + 100_000);
  const id = alarm(4 * REPEAT);
  await rig.clock.advance(20_000);
  boot.powerCut();
  await rig.clock.advance(2 * MINUTE);
  await rig.boot();
  await rig.clock.advanceToWall(at('07:00:00'));
  const urgent = rig.recordsOf('ended').filter(({ emergency }) => emergency === id);
  expect(urgent.filter(({ outcome }) => outcome === 'whole')).toHaveLength(4);
  expect(sessionsRepaying(rig)).toHaveLength(1);
});

test('a list that was played by hand is joined where it would be after an emergency', async () => {
  const { rig, boot, alarm } = await scene();
  await rig.clock.advanceToWall(at('10:00:00'));
  const song = clipOf('song', 5 * MINUTE);
  rig.addClips(song);
  const playlist = rig.station.plan(playlistOf(null, [sessionOf(null, [song])]));
  const times = { notBeforeMs: at('10:00:00'), expiresMs: at('10:30:00') };
  rig.station.point({ orders: [{ kind: 'play', id: idOf(0xf1), playlist, ...times }] });
  await rig.clock.advanceToWall(at('10:01:00'));
  alarm(REPEAT);
  await rig.clock.advanceToWall(at('10:10:00'));
  const [first, urgent, last] = boot.player.sounded.slice(-3);
  expect(urgent?.path).not.toBe(first?.path);
  expect(last?.path).toBe(first?.path);
  expect((last?.toMs ?? 0) - (first?.fromMs ?? 0)).toBe(song.durationMs);
});

test('an emergency does not wait for a list that is still being read from a slow disk', async () => {
  const { rig, alarm, boot } = await scene();
  boot.powerCut();
  const slow = Promise.withResolvers<void>();
  const blocked = Promise.withResolvers<void>();
  const disk: Disk = {
    ...nodeDisk,
    open: async (path) => {
      const isSlow = path.endsWith(`${morning[0]?.sha256}.clip`);
      if (isSlow) blocked.resolve();
      if (isSlow) await slow.promise;
      return nodeDisk.open(path);
    },
  };
  await rig.clock.advanceToWall(MORNING - MINUTE);
  const next = await rig.boot({ disk }, { restsWhen: blocked.promise });
  await rig.clock.advanceToWall(MORNING - 8_000);
  await blocked.promise;
  expect(next.player.sounded).toEqual([]);
  alarm(REPEAT);
  const hasSounded = async () => {
    await rig.clock.advance(0);
    return next.player.sounded.length > 0;
  };
  expect(await eventually(hasSounded, Boolean, PATIENCE_MS)).toBe(true);
  slow.resolve();
  await rig.clock.settle();
  expect(rig.faults).toEqual([]);
});
