import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  CUT_START,
  cutAtRandom,
  cutVillage,
  expectHonest,
  UNCLAIMED_MS,
} from './support/cut-day.ts';

const RUNS = 12;

test('a power cut at any instant claims no second that did not sound, and loses at most five', () =>
  cutAtRandom(RUNS));

test('a power cut in the middle of a line leaves a torn line that is cut off and told', async () => {
  const cut = fc.record({
    append: fc.integer({ min: 1, max: 6 }),
    torn: fc.double({ min: 0.05, max: 0.9, noNaN: true }),
  });
  await fc.assert(
    fc.asyncProperty(cut, async ({ append, torn }) => {
      const { rig, first } = await cutVillage(() => torn);
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
  const { rig, first } = await cutVillage(() => 0.5);
  await rig.clock.advanceToWall(CUT_START + 30_000);
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
  const { rig, first } = await cutVillage(() => 0.5);
  await rig.clock.advanceToWall(CUT_START + 20_000);
  first.powerCut();
  await rig.clock.advance(20_000);
  await rig.boot();
  await rig.clock.advanceToWall(CUT_START + 120_000);
  const joined = rig.recordsOf('ended').filter(({ boot }) => boot !== first.agent.boot);
  expect(
    joined.map(({ slotOffsetMs, skippedMs, outcome, reason }) => [
      ...[slotOffsetMs, skippedMs],
      ...[outcome, reason],
    ]),
  ).toEqual([
    [7_000, 34_500, 'part', 'joinedLate'],
    [68_000, 0, 'whole', null],
    [75_000, 0, 'whole', null],
  ]);
});

test('a clean stop is no power loss: what sounded is recorded as stopped by the agent', async () => {
  const { rig, first } = await cutVillage(() => 0.5);
  await rig.clock.advanceToWall(CUT_START + 20_000);
  await first.agent.stop();
  await rig.clock.advance(10_000);
  await rig.boot();
  await rig.clock.advance(1_000);
  expect(rig.recordsOf('boot').at(-1)).toMatchObject({ cause: 'cleanStop', tornLine: false });
  expect(rig.recordsOf('ended').at(-1)).toMatchObject({ outcome: 'part', reason: 'agentStopped' });
});
