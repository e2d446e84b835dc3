import { expect, test } from 'vitest';
import type { Order } from '#schemas/pointer.ts';
import { type AgentRig, createAgentRig } from './support/agent-rig.ts';
import { clipOf, idOf, playlistOf, sessionOf } from './support/station.ts';

const DAY = '2026-11-23';
const at = (time: string, day = DAY) => Date.parse(`${day}T${time}+07:00`);
const clip = clipOf('bulletin', 60_000);
const trial = clipOf('trial', 10_000);
const HOUR = 3_600_000;

interface Village {
  readonly rig: AgentRig;
  readonly list: string;
  readonly day: string;
  play(number: number, change?: Partial<Extract<Order, { kind: 'play' }>>): Order;
  stop(number: number): Order;
}

const village = (time: string): Village => {
  const rig = createAgentRig({ at: `${DAY}T${time}+07:00` });
  rig.addClips(clip, trial);
  rig.station.limit();
  const list = rig.station.plan(
    playlistOf(null, [sessionOf(null, [trial, trial], { drill: true })]),
  );
  const day = rig.station.plan(playlistOf(DAY, [sessionOf(at('08:05:00'), [clip, clip, clip])]));
  const now = rig.clock.wallMs();
  return {
    rig,
    list,
    day,
    play: (number, change = {}) => ({
      ...{ kind: 'play', id: idOf(number), playlist: list },
      ...{ notBeforeMs: now, expiresMs: now + HOUR, ...change },
    }),
    stop: (number) => ({ kind: 'stop', id: idOf(number), expiresMs: now + HOUR }),
  };
};

test('what is ordered by hand sounds within two seconds, as a drill when it is one', async () => {
  const { rig, play } = village('07:00:00');
  const boot = await rig.boot();
  await rig.clock.advance(60_000);
  rig.station.point({ orders: [play(1)] });
  const ordered = boot.clock.positionMs();
  await rig.clock.advance(30_000);
  expect(boot.player.sounded.map(({ fromMs, toMs }) => [fromMs - ordered, toMs - fromMs])).toEqual([
    [1_500, 10_000],
    [11_500, 10_000],
  ]);
  const ended = rig.recordsOf('ended');
  expect(ended.map(({ drill, outcome }) => [drill, outcome])).toEqual([
    [true, 'whole'],
    [true, 'whole'],
  ]);
  expect(ended[0]?.session).toMatch(/^h-\d+-0197a000-/);
});

test('an order is carried out once, also when it comes again and after restarts', async () => {
  const { rig, play } = village('07:00:00');
  rig.station.point({ orders: [play(1)] });
  const first = await rig.boot();
  await rig.clock.advance(60_000);
  rig.station.point({ orders: [play(1)] });
  await rig.clock.advance(60_000);
  first.powerCut();
  const second = await rig.boot();
  await rig.clock.advance(120_000);
  expect(first.player.sounded).toHaveLength(2);
  expect(second.player.sounded).toHaveLength(0);
});

test('a list by hand that a power cut broke off goes on where it would be', async () => {
  const { rig, play } = village('07:00:00');
  rig.station.point({ orders: [play(1)] });
  const first = await rig.boot();
  await rig.clock.advance(5_000);
  first.powerCut();
  await rig.clock.advance(4_000);
  const second = await rig.boot();
  await rig.clock.advance(60_000);
  expect(second.player.sounded.map(({ fromMs, toMs }) => toMs - fromMs)).toEqual([1_000, 10_000]);
  expect(new Set(rig.recordsOf('ended').map(({ session }) => session)).size).toBe(1);
});

test('a trial that is ordered in quiet hours waits, says until when, and sounds right after them', async () => {
  const { rig, play } = village('04:50:00');
  rig.station.point({ orders: [play(1)] });
  const boot = await rig.boot();
  await rig.clock.advance(5_000);
  const { waitingUntilMs } = await boot.agent.health();
  expect(Math.abs((waitingUntilMs ?? 0) - at('05:00:00'))).toBeLessThan(1_000);
  await rig.clock.advanceToWall(at('05:00:00'));
  expect(boot.player.sounded).toEqual([]);
  await rig.clock.advance(30_000);
  expect(boot.player.sounded).toHaveLength(2);
  expect((await boot.agent.health()).waitingUntilMs).toBeNull();
});

test('an order that would expire before quiet hours end is refused with that reason', async () => {
  const { rig, play } = village('03:00:00');
  rig.station.point({ orders: [play(1)] });
  const boot = await rig.boot();
  await rig.clock.advance(3 * HOUR);
  expect(boot.player.sounded).toEqual([]);
  expect(rig.recordsOf('refused')).toMatchObject([{ what: 'order', reason: 'quietHours' }]);
});

test('stop ends what sounds, and the session does not go on by itself', async () => {
  const { rig, day, stop } = village('08:00:00');
  rig.station.point({ days: { [DAY]: day } });
  const first = await rig.boot();
  await rig.clock.advanceToWall(at('08:05:20'));
  rig.station.point({ days: { [DAY]: day }, orders: [stop(1)] });
  await rig.clock.advance(10_000);
  expect(first.player.sounded.map(({ fromMs, toMs }) => toMs - fromMs)).toEqual([20_000]);
  expect(rig.recordsOf('ended')).toMatchObject([{ outcome: 'part', reason: 'stopped' }]);
  first.powerCut();
  const second = await rig.boot();
  await rig.clock.advance(10 * 60_000);
  expect(second.player.sounded).toEqual([]);
});

test('stop cancels what was ordered before it, not what is ordered after it', async () => {
  const { rig, play, stop } = village('07:00:00');
  const later = { notBeforeMs: at('07:10:00') };
  rig.station.point({
    orders: [play(1, later), stop(2), play(3, { notBeforeMs: at('07:20:00') })],
  });
  const boot = await rig.boot();
  await rig.clock.advanceToWall(at('07:19:00'));
  expect(boot.player.sounded).toEqual([]);
  await rig.clock.advanceToWall(at('07:21:00'));
  expect(boot.player.sounded).toHaveLength(2);
});

test('an order by hand goes before the planned session, which is joined again afterwards', async () => {
  const { rig, day, play } = village('08:00:00');
  rig.station.point({ days: { [DAY]: day } });
  await rig.boot();
  await rig.clock.advanceToWall(at('08:05:20'));
  rig.station.point({ days: { [DAY]: day }, orders: [play(1)] });
  await rig.clock.advanceToWall(at('08:10:00'));
  expect(rig.recordsOf('ended').map(({ session, reason }) => [session[0], reason])).toEqual([
    ['p', 'preempted'],
    ['h', null],
    ['h', null],
    ['p', 'joinedLate'],
    ['p', null],
    ['p', null],
  ]);
  const audible = rig.recordsOf('ended').flatMap((record) => record.audible);
  const sorted = audible.every(({ fromMs }, index) => fromMs >= (audible[index - 1]?.toMs ?? 0));
  expect(sorted).toBe(true);
});

test('an order whose list never came is refused when it expires', async () => {
  const { rig, play } = village('07:00:00');
  rig.station.point({ orders: [play(1, { playlist: 'b'.repeat(64) })] });
  await rig.boot();
  await rig.clock.advance(HOUR + 60_000);
  expect(rig.recordsOf('refused')).toMatchObject([{ what: 'order', reason: 'documentMissing' }]);
});

test('an order waits for its clips, so that a first broadcast is not lost to a slow line', async () => {
  const { rig, play } = village('07:00:00');
  rig.clips.delete(trial.sha256);
  rig.station.point({ orders: [play(1)] });
  const boot = await rig.boot();
  await rig.clock.advance(5 * 60_000);
  expect(boot.player.sounded).toEqual([]);
  rig.addClips(trial);
  await rig.clock.advance(5 * 60_000);
  expect(rig.recordsOf('ended').map(({ outcome }) => outcome)).toEqual(['whole', 'whole']);
  expect(rig.recordsOf('refused')).toEqual([]);
});

test('of two lists that are ordered at once the second begins when the first is over', async () => {
  const { rig, play } = village('07:00:00');
  rig.station.point({ orders: [play(1), play(2)] });
  const boot = await rig.boot();
  await rig.clock.advance(60_000);
  expect(boot.player.sounded.map(({ fromMs, toMs }) => toMs - fromMs)).toEqual(
    new Array(4).fill(10_000),
  );
  expect(rig.recordsOf('ended').map(({ session }) => session.slice(-1))).toEqual([
    '1',
    '1',
    '2',
    '2',
  ]);
});

test('the clips of a list by hand that is over are not kept for ever', async () => {
  const { rig, play } = village('07:00:00');
  rig.station.point({ orders: [play(1)] });
  const boot = await rig.boot();
  await rig.clock.advance(60_000);
  rig.station.point({});
  await rig.clock.settle();
  expect((await boot.agent.health()).cache.neededClips).toBe(0);
});
