import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Interval } from '#schemas/primitives.ts';
import { type AgentRig, createAgentRig, type RigBoot } from './support/agent-rig.ts';
import { clipOf, playlistOf, sessionOf } from './support/station.ts';

const DAY = '2026-11-23';
const START = Date.parse(`${DAY}T05:30:00+07:00`);
const ident = clipOf('ident', 7_000);
const bulletin = clipOf('bulletin', 61_000);
const closing = clipOf('closing', 12_500);
/** Between two checkpoints at the most this much sounds. */
const UNCLAIMED_MS = 5_000;

const village = async (random: () => number): Promise<{ rig: AgentRig; first: RigBoot }> => {
  const rig = createAgentRig({ at: `${DAY}T05:29:00+07:00`, random });
  rig.addClips(ident, bulletin, closing);
  rig.station.limit();
  const session = sessionOf(START, [ident, bulletin, ident, closing]);
  rig.station.point({ days: { [DAY]: rig.station.plan(playlistOf(DAY, [session])) } });
  return { rig, first: await rig.boot() };
};

const lengthOf = (intervals: readonly Interval[]): number =>
  intervals.reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0);

const isInside = (inner: Interval, outer: readonly Interval[]): boolean =>
  outer.some(({ fromMs, toMs }) => fromMs <= inner.fromMs && inner.toMs <= toMs);

const claimsOf = (rig: AgentRig, { agent }: RigBoot): Interval[] =>
  rig
    .recordsOf('ended')
    .filter(({ boot }) => boot === agent.boot)
    .flatMap(({ audible }) => audible);

const expectHonest = (rig: AgentRig, boot: RigBoot, unclaimedMs: number) => {
  const claims = claimsOf(rig, boot);
  const truth = boot.player.sounded;
  for (const claim of claims) expect(isInside(claim, truth)).toBe(true);
  expect(lengthOf(truth) - lengthOf(claims)).toBeLessThanOrEqual(unclaimedMs);
  expect(rig.faults).toEqual([]);
};

test('a power cut at any instant claims no second that did not sound, and loses at most five', async () => {
  const cutAt = fc.record({
    afterMs: fc.integer({ min: 55_000, max: 150_000 }),
    darkMs: fc.integer({ min: 100, max: 40_000 }),
    torn: fc.double({ min: 0, max: 0.999, noNaN: true }),
  });
  await fc.assert(
    fc.asyncProperty(cutAt, async ({ afterMs, darkMs, torn }) => {
      const { rig, first } = await village(() => torn);
      await rig.clock.advance(afterMs);
      first.powerCut();
      await rig.clock.advance(darkMs);
      const second = await rig.boot();
      await rig.clock.advanceToWall(START + 180_000);
      expectHonest(rig, first, UNCLAIMED_MS);
      expectHonest(rig, second, 0);
      expect(rig.recordsOf('boot').map(({ cause }) => cause)).toEqual(['first', 'powerLoss']);
    }),
    { numRuns: 12 },
  );
});

test('a power cut in the middle of a line leaves a torn line that is cut off and told', async () => {
  const cut = fc.record({
    append: fc.integer({ min: 1, max: 6 }),
    torn: fc.double({ min: 0.05, max: 0.9, noNaN: true }),
  });
  await fc.assert(
    fc.asyncProperty(cut, async ({ append, torn }) => {
      const { rig, first } = await village(() => torn);
      first.disk.cutInAppend(append, first.powerCut);
      await rig.clock.advance(200_000);
      first.powerCut();
      const second = await rig.boot();
      await rig.clock.advance(60_000);
      expectHonest(rig, first, UNCLAIMED_MS);
      expectHonest(rig, second, 0);
      const wasCut = rig.recordsOf('boot').at(-1);
      const tornLine = append <= 4;
      const previousBoot = first.agent.boot;
      expect(wasCut).toMatchObject({ cause: 'powerLoss', previousBoot, tornLine });
    }),
    { numRuns: 6 },
  );
});

test('what sounded at a power cut is an ended record of the run that played it, before the next boot', async () => {
  const { rig, first } = await village(() => 0.5);
  await rig.clock.advanceToWall(START + 30_000);
  first.powerCut();
  await rig.clock.advance(10_000);
  const second = await rig.boot();
  await rig.clock.advance(1_000);
  const kinds = rig.station.records.map(({ kind }) => kind);
  const at = kinds.lastIndexOf('boot');
  expect(kinds[at - 1]).toBe('ended');
  expect(rig.station.records[at - 1]).toMatchObject({
    kind: 'ended',
    boot: first.agent.boot,
    outcome: 'part',
    reason: 'powerLoss',
  });
  expect(rig.station.records[at]).toMatchObject({ boot: second.agent.boot, cause: 'powerLoss' });
});

test('after a power cut a session is joined where it would be by now, not begun again', async () => {
  const { rig, first } = await village(() => 0.5);
  await rig.clock.advanceToWall(START + 20_000);
  first.powerCut();
  await rig.clock.advance(20_000);
  await rig.boot();
  await rig.clock.advanceToWall(START + 120_000);
  const joined = rig.recordsOf('ended').filter(({ boot }) => boot !== first.agent.boot);
  expect(
    joined.map(({ slotOffsetMs, outcome, reason }) => [slotOffsetMs, outcome, reason]),
  ).toEqual([
    [7_000, 'part', 'joinedLate'],
    [68_000, 'whole', null],
    [75_000, 'whole', null],
  ]);
});

test('a clean stop is no power loss: what sounded is recorded as stopped by the agent', async () => {
  const { rig, first } = await village(() => 0.5);
  await rig.clock.advanceToWall(START + 20_000);
  await first.agent.stop();
  await rig.clock.advance(10_000);
  await rig.boot();
  await rig.clock.advance(1_000);
  expect(rig.recordsOf('boot').at(-1)).toMatchObject({ cause: 'cleanStop', tornLine: false });
  expect(rig.recordsOf('ended').at(-1)).toMatchObject({ outcome: 'part', reason: 'agentStopped' });
});
