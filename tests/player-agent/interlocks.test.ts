import { expect, test } from 'vitest';
import type { SpeakerLimits } from '#schemas/limits.ts';
import type { Session } from '#schemas/playlist.ts';
import type { PlaylistPointer } from '#schemas/pointer.ts';
import { type AgentRig, createAgentRig, type RigBoot } from './support/agent-rig.ts';
import {
  BULLETIN,
  clipOf,
  playlistOf,
  sessionOf,
  slotOf,
  type TestClip,
} from './support/station.ts';

const DAY = '2026-11-23';
const at = (time: string) => Date.parse(`${DAY}T${time}+07:00`);
const clip = clipOf('bulletin', 60_000);

interface Case {
  readonly why: string;
  readonly from: string;
  readonly session: Session;
  readonly limits?: Partial<SpeakerLimits>;
  readonly pointer?: Partial<PlaylistPointer>;
  readonly refusals: readonly (readonly [what: string, reason: string])[];
  readonly sounds: readonly number[];
}

const run = async (
  row: Pick<Case, 'from' | 'session' | 'limits' | 'pointer'>,
  more: readonly TestClip[] = [],
): Promise<{ rig: AgentRig; boot: RigBoot }> => {
  const rig = createAgentRig({ at: `${DAY}T${row.from}+07:00` });
  rig.addClips(clip, ...more);
  rig.station.limit(row.limits);
  const hash = rig.station.plan(playlistOf(DAY, [row.session]));
  rig.station.point({ days: { [DAY]: hash }, ...row.pointer });
  return { rig, boot: await rig.boot() };
};

const night = sessionOf(at('03:15:00'), [clip]);
const table: readonly Case[] = [
  {
    why: 'quiet hours hold whatever the pointer says: nothing sounds at 03:15',
    from: '03:00:00',
    session: night,
    refusals: [['session', 'quietHours']],
    sounds: [],
  },
  {
    why: 'a slot that ends one minute past the begin of quiet hours is refused, the one before sounds',
    from: '20:50:00',
    session: sessionOf(at('20:58:30'), [clip, clip]),
    refusals: [['session', 'quietHours']],
    sounds: [60_000],
  },
  {
    why: 'a session that begins in quiet hours and outlasts them begins with the first item after them',
    from: '04:50:00',
    session: sessionOf(at('04:58:00'), [clip, clip, clip]),
    refusals: [['session', 'quietHours']],
    sounds: [60_000],
  },
  {
    why: 'a bulletin that was withdrawn after planning is not read out',
    from: '08:00:00',
    session: sessionOf(at('08:05:00'), [clip]),
    pointer: { withdrawn: [BULLETIN] },
    refusals: [['item', 'withdrawn']],
    sounds: [],
  },
  {
    why: 'a bulletin sounds only inside its validity',
    from: '08:00:00',
    session: sessionOf(at('08:05:00'), [], {
      slots: [
        slotOf(clip, { expiresMs: at('08:05:59') }),
        slotOf(clip, { offsetMs: 60_000, validFromMs: at('08:06:30') }),
        slotOf(clip, { offsetMs: 120_000 }),
      ],
    }),
    refusals: [
      ['item', 'expired'],
      ['item', 'notYetValid'],
    ],
    sounds: [60_000],
  },
  {
    why: 'nobody must listen for longer than the limits allow without a pause',
    from: '08:00:00',
    session: sessionOf(at('08:05:00'), [clip, clip, clip, clip]),
    limits: { maxContinuousMin: 2 },
    refusals: [['session', 'continuousAirtime']],
    sounds: [60_000, 60_000, 60_000],
  },
  {
    why: 'a session louder than allowed is brought to what is allowed, and that is told',
    from: '08:00:00',
    session: sessionOf(at('08:05:00'), [clip], { volume: 100 }),
    limits: { maxVolume: 60 },
    refusals: [['session', 'volumeCap']],
    sounds: [60_000],
  },
];

test.each(table)('$why', async (row) => {
  const { rig, boot } = await run(row);
  await rig.clock.advance(20 * 60_000);
  expect(rig.faults).toEqual([]);
  expect(rig.recordsOf('refused').map(({ what, reason }) => [what, reason])).toEqual(row.refusals);
  expect(boot.player.sounded.map(({ fromMs, toMs }) => toMs - fromMs)).toEqual(row.sounds);
});

test('who switches the box off and on does not begin to count continuous airtime anew', async () => {
  const session = sessionOf(at('08:05:00'), [clip, clip, clip, clip, clip]);
  const { rig, boot } = await run({ from: '08:00:00', session, limits: { maxContinuousMin: 3 } });
  await rig.clock.advanceToWall(at('08:06:40'));
  boot.powerCut();
  await rig.clock.advance(5_000);
  const next = await rig.boot();
  await rig.clock.advance(20 * 60_000);
  expect(next.player.sounded).toHaveLength(3);
  // From 08:05 to 08:08 in one piece, the box being off for five seconds; then a minute's pause.
  expect(rig.recordsOf('ended').map(({ slotOffsetMs }) => slotOffsetMs)).toEqual([
    ...[0, 60_000],
    ...[60_000, 120_000, 240_000],
  ]);
  expect(rig.recordsOf('refused')).toMatchObject([{ reason: 'continuousAirtime' }]);
});

test('the volume of the record is the volume that was used', async () => {
  const session = sessionOf(at('08:05:00'), [clip], { volume: 100 });
  const { rig } = await run({ from: '08:00:00', session, limits: { maxVolume: 60 } });
  await rig.clock.advance(20 * 60_000);
  expect(rig.recordsOf('ended')).toMatchObject([{ volume: 60, outcome: 'whole' }]);
});

test('at volume zero nothing is claimed', async () => {
  const session = sessionOf(at('08:05:00'), [clip], { volume: 0 });
  const { rig } = await run({ from: '08:00:00', session });
  await rig.clock.advance(20 * 60_000);
  expect(rig.recordsOf('ended')).toMatchObject([
    { audible: [], outcome: 'none', reason: 'volumeZero' },
  ]);
});

test('a bulletin that is withdrawn while it sounds ends at once, and its record says why', async () => {
  const session = sessionOf(at('08:05:00'), [clip]);
  const { rig, boot } = await run({ from: '08:00:00', session });
  await rig.clock.advanceToWall(at('08:05:20'));
  rig.station.point({ withdrawn: [BULLETIN] });
  await rig.clock.settle();
  expect(boot.player.sounded.map(({ fromMs, toMs }) => toMs - fromMs)).toEqual([20_000]);
  expect(rig.recordsOf('ended')).toMatchObject([{ outcome: 'part', reason: 'withdrawn' }]);
});

test('quiet hours that arrive while a session sounds let no item begin that would reach into them', async () => {
  const session = sessionOf(at('08:05:00'), [clip, clip, clip]);
  const { rig, boot } = await run({ from: '08:00:00', session });
  await rig.clock.advanceToWall(at('08:05:20'));
  rig.station.limit({ revision: 2, quietHours: [{ from: '08:07', to: '09:00' }] });
  await rig.clock.advanceToWall(at('08:10:00'));
  expect(boot.player.sounded.map(({ fromMs, toMs }) => toMs - fromMs)).toEqual([60_000, 0]);
  expect(rig.recordsOf('ended').map(({ outcome, reason }) => [outcome, reason])).toEqual([
    ['whole', null],
    ['none', 'quietHours'],
  ]);
});

test('without limits nothing sounds, and after a minute the log says so', async () => {
  const rig = createAgentRig({ at: `${DAY}T08:00:00+07:00` });
  rig.addClips(clip);
  const hash = rig.station.plan(playlistOf(DAY, [sessionOf(at('08:05:00'), [clip])]));
  rig.station.point({ days: { [DAY]: hash } });
  const boot = await rig.boot();
  await rig.clock.advance(20 * 60_000);
  expect(boot.player.sounded).toEqual([]);
  expect(rig.recordsOf('refused')).toMatchObject([{ what: 'session', reason: 'noLimits' }]);
});

test('a session that was not begun in time is not begun any more', async () => {
  const session = sessionOf(at('08:05:00'), new Array(40).fill(clip), { latestStartMin: 15 });
  const rig = createAgentRig({ at: `${DAY}T08:25:00+07:00` });
  rig.addClips(clip);
  rig.station.limit();
  rig.station.point({ days: { [DAY]: rig.station.plan(playlistOf(DAY, [session])) } });
  const boot = await rig.boot();
  await rig.clock.advance(60_000);
  expect(boot.player.sounded).toEqual([]);
  expect(rig.recordsOf('refused')).toMatchObject([{ what: 'session', reason: 'tooLate' }]);
});

test('a failing player is tried again, and what did not sound is not claimed', async () => {
  const session = sessionOf(at('08:05:00'), [clip, clip]);
  const { rig, boot } = await run({ from: '08:00:00', session });
  await rig.clock.advanceToWall(at('08:05:20'));
  boot.player.kill();
  await rig.clock.advanceToWall(at('08:08:00'));
  const ended = rig.recordsOf('ended');
  expect(ended.map(({ outcome, reason }) => [outcome, reason])).toEqual([
    ['part', 'playerFailed'],
    ['part', 'joinedLate'],
    ['whole', null],
  ]);
  expect(ended.flatMap(({ audible }) => audible)).toEqual(
    boot.player.sounded.map(({ fromMs, toMs }) => ({ fromMs, toMs })),
  );
});

test('health says within a minute that nothing is heard, and again that it is', async () => {
  const long = clipOf('long', 600_000);
  const session = sessionOf(at('08:05:00'), [long]);
  const { rig, boot } = await run({ from: '08:00:00', session }, [long]);
  await rig.clock.advanceToWall(at('08:06:00'));
  boot.player.mute(true);
  await rig.clock.advanceToWall(at('08:06:02'));
  expect(rig.station.health()).toMatchObject({ isSilent: true });
  boot.player.mute(false);
  await rig.clock.advanceToWall(at('08:06:04'));
  expect(rig.station.health()).toMatchObject({ isSilent: false });
});

test('a loudspeaker that gives no sound is recorded as silent', async () => {
  const { rig, boot } = await run({
    from: '08:00:00',
    session: sessionOf(at('08:05:00'), [clip]),
  });
  boot.player.mute(true);
  await rig.clock.advanceToWall(at('08:07:00'));
  expect(rig.recordsOf('ended')).toMatchObject([
    { outcome: 'none', reason: 'silentSpeaker', audible: [] },
  ]);
});
