import { expect, test } from 'vitest';
import { nodeDisk } from '#player-agent/disk/node-disk.ts';
import type { Disk } from '#player-agent/ports/disk.ts';
import type { SpeakerLimits } from '#schemas/limits.ts';
import type { Session } from '#schemas/playlist.ts';
import type { Late } from '#schemas/session-manner.ts';
import { createAgentRig, type RigBoot } from './support/agent-rig.ts';
import { clipOf, playlistOf, sessionOf } from './support/station.ts';

const DAY = '2026-11-23';
const START = Date.parse(`${DAY}T05:30:00+07:00`);
const SECOND_MS = 1000;
const clips = [clipOf('ident', 7_000), clipOf('bulletin', 61_000), clipOf('closing', 19_000)];
/** What the session is made of: where each item begins in it. */
const WHOLE = [0, 7_000, 68_000];

interface Given {
  readonly late: Late;
  readonly others?: readonly Session[];
  readonly limits?: Partial<SpeakerLimits>;
}

/** A village a minute before a session of 87 s. */
const openVillage = async ({ late, others = [], limits = {} }: Given) => {
  const rig = createAgentRig({ at: `${DAY}T05:29:00+07:00` });
  rig.addClips(...clips);
  rig.station.limit(limits);
  const plan = playlistOf(DAY, [sessionOf(START, clips, { late }), ...others]);
  rig.station.point({ days: { [DAY]: rig.station.plan(plan) } });
  const until = (afterS: number) => rig.clock.advanceToWall(START + afterS * SECOND_MS);
  const cut = async (boot: RigBoot, atS: number, backS: number) => {
    await until(atS);
    boot.powerCut();
    await until(backS);
    return rig.boot();
  };
  /** What sounded of the session in the run, and how. */
  const soundedIn = ({ agent }: RigBoot) =>
    rig
      .recordsOf('ended')
      .filter(({ boot, session }) => boot === agent.boot && session === `p-${START}`)
      .map(({ slotOffsetMs, outcome }) => [slotOffsetMs, outcome]);
  return { rig, first: await rig.boot(), until, cut, soundedIn };
};

const whole = WHOLE.map((offsetMs) => [offsetMs, 'whole']);
const restart = (withinMin: number): Late => ({ do: 'restart', withinMin });

test('a session that may begin again sounds from its first item after a power cut', async () => {
  const { first, cut, until, soundedIn } = await openVillage({ late: restart(5) });
  const second = await cut(first, 20, 40);
  await until(200);
  expect(soundedIn(second)).toEqual(whole);
});

test('a session that the power cut kept from beginning sounds whole, also after its planned end', async () => {
  const { first, cut, until, soundedIn } = await openVillage({ late: restart(5) });
  const second = await cut(first, -30, 120);
  await until(300);
  expect(soundedIn(second)).toEqual(whole);
});

test('a session that begins again is not too late while its clips are still being read', async () => {
  const { rig, first, until, soundedIn } = await openVillage({ late: restart(5) });
  await until(-30);
  first.powerCut();
  await until(120);
  const slow = Promise.withResolvers<void>();
  const blocked = Promise.withResolvers<void>();
  const open: Disk['open'] = async (path) => {
    if (path.endsWith(`${clips[0]?.sha256}.clip`)) {
      blocked.resolve();
      await slow.promise;
    }
    return nodeDisk.open(path);
  };
  const second = await rig.boot({ disk: { ...nodeDisk, open } }, { restsWhen: blocked.promise });
  await blocked.promise;
  await second.agent.lives();
  slow.resolve();
  await second.agent.settled();
  await until(300);
  await second.agent.settled();
  expect(rig.recordsOf('refused')).toEqual([]);
  expect(soundedIn(second)).toEqual(whole);
});

test('what began again and was cut again goes on from where that began', async () => {
  const { first, cut, until, soundedIn } = await openVillage({ late: restart(1) });
  const second = await cut(first, 10, 30);
  const third = await cut(second, 60, 70);
  await until(300);
  // It began again at 31.5 s, so that 40 s of it are over at 71.5 s.
  expect(soundedIn(second)).toEqual([
    [0, 'whole'],
    [7_000, 'part'],
  ]);
  expect(soundedIn(third)).toEqual([
    [7_000, 'part'],
    [68_000, 'whole'],
  ]);
});

test('once it is too late to begin again the session is joined where it would be', async () => {
  const { first, cut, until, soundedIn } = await openVillage({ late: restart(1) });
  const second = await cut(first, 20, 65);
  await until(200);
  expect(soundedIn(second)).toEqual([
    [7_000, 'part'],
    [68_000, 'whole'],
  ]);
});

test('a session that has sounded whole does not begin again', async () => {
  const { first, cut, until, soundedIn } = await openVillage({ late: restart(60) });
  const second = await cut(first, 95, 100);
  await until(400);
  expect(soundedIn(first)).toEqual(whole);
  expect(soundedIn(second)).toEqual([]);
});

test.each([
  {
    why: 'another session would have to wait',
    others: [sessionOf(START + 120_000, clips)],
    limits: {},
  },
  {
    why: 'it would sound into quiet hours',
    others: [],
    limits: { quietHours: [{ from: '05:32', to: '05:40' }] },
  },
])('a session does not begin again where $why', async ({ others, limits }) => {
  const { first, cut, until, soundedIn } = await openVillage({ late: restart(5), others, limits });
  const second = await cut(first, 20, 40);
  await until(300);
  expect(soundedIn(second)).toEqual([
    [7_000, 'part'],
    [68_000, 'whole'],
  ]);
});

test('what a failed player cut off goes on where it would be, whatever the plan says of late ones', async () => {
  for (const late of [restart(5), { do: 'skip' } as const]) {
    const { first, until, soundedIn } = await openVillage({ late });
    await until(20);
    first.player.kill();
    await until(200);
    expect(soundedIn(first)).toEqual([
      [0, 'whole'],
      [7_000, 'part'],
      [7_000, 'part'],
      [68_000, 'whole'],
    ]);
  }
});

test('a session that is not to be heard in part is left out after a power cut, and the log says so once', async () => {
  const { rig, first, cut, until, soundedIn } = await openVillage({ late: { do: 'skip' } });
  const second = await cut(first, 20, 40);
  const third = await cut(second, 50, 60);
  await until(200);
  expect([...soundedIn(second), ...soundedIn(third)]).toEqual([]);
  const refused = rig.recordsOf('refused').filter(({ session }) => session === `p-${START}`);
  expect(refused.map(({ reason }) => reason)).toEqual(['tooLate']);
});

test('a session that is not to be heard in part sounds whole when nothing happens', async () => {
  const { first, until, soundedIn } = await openVillage({ late: { do: 'skip' } });
  await until(200);
  expect(soundedIn(first)).toEqual(whole);
});
