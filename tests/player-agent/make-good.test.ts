import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { plannedSessionId } from '#schemas/session.ts';
import {
  at,
  DAY,
  darkMorning,
  EVENING,
  evening,
  MORNING,
  morning,
  notRepaid,
  repaying,
  rule,
  sessionsRepaying,
  verdictOf,
  village,
} from './support/missed-morning.ts';
import { clipOf, idOf, playlistOf, sessionOf } from './support/station.ts';

test('what a power cut cost in the morning is repaid the same day, without a network', async () => {
  const rig = village();
  await darkMorning(rig);
  rig.broker.setUp(false);
  const { agent, player } = await rig.boot();
  await agent.setManualTime(at('06:00:00'));
  await rig.clock.advanceToWall(at('06:30:00'));
  expect(player.sounded).toHaveLength(morning.length);
  rig.broker.setUp(true);
  expect(await verdictOf(rig)).toMatchObject({ verdict: 'met', has: 2 });
  expect(rig.faults).toEqual([]);
  expect(repaying(rig).map(({ item, outcome }) => [item.clip, outcome])).toEqual(
    morning.map(({ sha256 }) => [sha256, 'whole']),
  );
  expect(repaying(rig)[0]?.repays).toEqual({
    session: plannedSessionId(MORNING),
    rules: [rule.id],
  });
});

test('a make-good waits until a fixed programme of another source is over', async () => {
  const hours = { from: '2026-01-01', to: null, weekdays: [], startsAt: '06:00', endsAt: '06:20' };
  const rig = village({ programmes: [{ id: idOf(77), ...hours }] });
  await darkMorning(rig);
  const { agent } = await rig.boot();
  await rig.clock.advance(20_000);
  const [placed] = (await agent.health()).makeGoods ?? [];
  expect(placed?.startMs).toBeGreaterThanOrEqual(at('06:20:00'));
});

test('health shows a make-good with what it repays, until it is over', async () => {
  const rig = village();
  await darkMorning(rig);
  const { agent } = await rig.boot();
  await rig.clock.advance(20_000);
  const shown = (await agent.health()).makeGoods;
  expect(shown).toMatchObject([{ repays: { session: plannedSessionId(MORNING) } }]);
  const { session, startMs = 0, endMs = 0 } = shown?.[0] ?? {};
  expect(session).toBe(`m-${startMs}`);
  await rig.clock.advanceToWall(startMs + 60_000);
  expect((await agent.health()).playing?.session).toBe(session);
  await rig.clock.advanceToWall(endMs + 1_000);
  expect((await agent.health()).makeGoods).toEqual([]);
});

test.each([
  { why: 'before it begins, for seconds', fromStartMs: -60_000, darkMs: 20_000, sessions: 1 },
  { why: 'before it begins, for minutes', fromStartMs: -60_000, darkMs: 600_000, sessions: 1 },
  { why: 'while it is loaded', fromStartMs: -5_000, darkMs: 120_000, sessions: 1 },
  { why: 'in its middle, for seconds', fromStartMs: 120_000, darkMs: 20_000, sessions: 1 },
  { why: 'in its middle, for minutes', fromStartMs: 120_000, darkMs: 240_000, sessions: 2 },
  { why: 'when it has qualified', fromStartMs: 320_000, darkMs: 60_000, sessions: 1 },
])('a make-good that is killed is neither forgotten nor repaid twice: $why', async (cut) => {
  const rig = village();
  await darkMorning(rig);
  const second = await rig.boot();
  await rig.clock.advance(20_000);
  const [placed] = (await second.agent.health()).makeGoods ?? [];
  await rig.clock.advanceToWall((placed?.startMs ?? 0) + cut.fromStartMs);
  second.powerCut();
  await rig.clock.advance(cut.darkMs);
  const third = await rig.boot();
  await rig.clock.advanceToWall(at('07:00:00'));
  await third.agent.stop();
  await rig.boot();
  expect(await verdictOf(rig)).toMatchObject({ verdict: 'met', has: 2 });
  expect(sessionsRepaying(rig)).toHaveLength(cut.sessions);
});

test('when what was decided is lost with its file, the log still keeps it from repaying twice', async () => {
  const rig = village();
  await darkMorning(rig);
  const second = await rig.boot();
  await rig.clock.advanceToWall(at('06:20:00'));
  await second.agent.stop();
  writeFileSync(join(rig.folder, 'make-goods.json'), 'torn');
  await rig.boot();
  expect(await verdictOf(rig)).toMatchObject({ verdict: 'met', has: 2 });
  expect(sessionsRepaying(rig)).toHaveLength(1);
});

test('what a new plan puts in its way goes first, at its second, and the rest of the day still repays', async () => {
  const rig = village();
  await darkMorning(rig);
  await rig.boot();
  await rig.clock.advanceToWall(at('06:04:00'));
  const news = clipOf('news', 60_000);
  rig.addClips(news);
  const planned = sessionOf(at('06:05:00'), [news]);
  const sessions = [sessionOf(MORNING, morning), planned, sessionOf(EVENING, evening)];
  rig.station.point({ days: { [DAY]: rig.station.plan(playlistOf(DAY, sessions)) } });
  expect(await verdictOf(rig)).toMatchObject({ verdict: 'met', has: 2 });
  const ended = rig.recordsOf('ended');
  expect(ended.find(({ repays }) => repays !== undefined)).toMatchObject({ reason: 'preempted' });
  const sounded = ended.filter(({ session }) => session === planned.id);
  expect(sounded).toMatchObject([{ outcome: 'whole', reason: null }]);
  const [{ played, clock } = { played: { fromMs: 0 }, clock: { offsetMs: 0 } }] = sounded;
  expect(Math.abs(played.fromMs + (clock.offsetMs ?? 0) - at('06:05:00'))).toBeLessThan(100);
  expect(sessionsRepaying(rig)).toHaveLength(2);
});

test('a session that is joined late is not repaid while it sounds', async () => {
  const rig = village();
  await darkMorning(rig, '05:32:00');
  await rig.boot();
  await rig.clock.advanceToWall(at('05:35:00'));
  expect(rig.recordsOf('ended').map(({ reason }) => reason)).toEqual(['joinedLate']);
  expect(await verdictOf(rig)).toMatchObject({ verdict: 'met', has: 2 });
  const [first] = repaying(rig);
  expect(first?.clock.offsetMs).not.toBeNull();
  expect((first?.played.fromMs ?? 0) + (first?.clock.offsetMs ?? 0)).toBeGreaterThan(
    MORNING + 330_000,
  );
});

test('what somebody ended by hand does not come back by itself, and the reason is recorded once', async () => {
  const rig = village();
  const { player } = await rig.boot();
  await rig.clock.advanceToWall(MORNING + 60_000);
  const orders = [{ kind: 'stop', id: idOf(0xf1), expiresMs: at('07:00:00') } as const];
  const days = { [DAY]: rig.station.plan(playlistOf(DAY, [sessionOf(MORNING, morning)])) };
  rig.station.point({ days, orders });
  await rig.clock.advanceToWall(at('07:00:00'));
  expect(player.sounded).toHaveLength(1);
  expect(notRepaid(rig.station.records)).toEqual([[plannedSessionId(MORNING), 'noPermit']]);
});

test('why a session is not repaid is recorded once, also over restarts', async () => {
  const rig = village({ rules: [{ ...rule, dayparts: [{ from: '05:30', to: '05:40' }] }] });
  await darkMorning(rig);
  const second = await rig.boot();
  await rig.clock.advance(600_000);
  second.powerCut();
  await rig.clock.advance(60_000);
  await rig.boot();
  await rig.clock.advance(600_000);
  expect(notRepaid(rig.station.records)).toEqual([[plannedSessionId(MORNING), 'noRoom']]);
});

test('without a trusted clock nothing is repaid, and that is recorded once', async () => {
  const rig = village();
  await darkMorning(rig);
  rig.station.answersTime(false);
  const { player } = await rig.boot();
  await rig.clock.advance(3_600_000);
  expect(player.sounded).toEqual([]);
  expect(rig.recordsOf('refused').map(({ reason }) => reason)).toEqual(['clockUntrusted']);
});
