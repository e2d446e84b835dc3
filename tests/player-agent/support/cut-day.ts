import fc from 'fast-check';
import { expect } from 'vitest';
import type { Interval } from '#schemas/primitives.ts';
import { type AgentRig, createAgentRig, type RigBoot } from './agent-rig.ts';
import { clipOf, playlistOf, sessionOf } from './station.ts';

const DAY = '2026-11-23';
/** When the session of the cut day begins, in epoch milliseconds. */
export const CUT_START = Date.parse(`${DAY}T05:30:00+07:00`);
/** Between two checkpoints at the most this much sounds. */
export const UNCLAIMED_MS = 5_000;

const ident = clipOf('ident', 7_000);
const bulletin = clipOf('bulletin', 61_000);
const closing = clipOf('closing', 12_500);

/** A village one minute before a session of 87 s; `random` says what a power cut leaves. */
export const cutVillage = async (
  random: () => number,
): Promise<{ rig: AgentRig; first: RigBoot }> => {
  const rig = createAgentRig({ at: `${DAY}T05:29:00+07:00`, random });
  rig.addClips(ident, bulletin, closing);
  rig.station.limit();
  const session = sessionOf(CUT_START, [ident, bulletin, ident, closing]);
  rig.station.point({ days: { [DAY]: rig.station.plan(playlistOf(DAY, [session])) } });
  return { rig, first: await rig.boot() };
};

const lengthOf = (intervals: readonly Interval[]): number =>
  intervals.reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0);

const isInside = (inner: Interval, outer: readonly Interval[]): boolean =>
  outer.some(({ fromMs, toMs }) => fromMs <= inner.fromMs && inner.toMs <= toMs);

/** What the run claims lies in what it sounded, and all of that but `unclaimedMs` is claimed. */
export const expectHonest = (rig: AgentRig, boot: RigBoot, unclaimedMs: number): void => {
  const claims = rig
    .recordsOf('ended')
    .filter((record) => record.boot === boot.agent.boot)
    .flatMap(({ audible }) => audible);
  const truth = boot.player.sounded;
  for (const claim of claims) expect(isInside(claim, truth)).toBe(true);
  expect(lengthOf(truth) - lengthOf(claims)).toBeLessThanOrEqual(unclaimedMs);
  expect(rig.faults).toEqual([]);
};

/** Cuts the power at `runs` random instants of a session and holds the log against the sound. */
export const cutAtRandom = (runs: number): Promise<void> => {
  const cutAt = fc.record({
    afterMs: fc.integer({ min: 55_000, max: 150_000 }),
    darkMs: fc.integer({ min: 100, max: 40_000 }),
    torn: fc.double({ min: 0, max: 0.999, noNaN: true }),
  });
  const property = fc.asyncProperty(cutAt, async ({ afterMs, darkMs, torn }) => {
    const { rig, first } = await cutVillage(() => torn);
    await rig.clock.advance(afterMs);
    first.powerCut();
    await rig.clock.advance(darkMs);
    const second = await rig.boot();
    await rig.clock.advanceToWall(CUT_START + 180_000);
    expectHonest(rig, first, UNCLAIMED_MS);
    expectHonest(rig, second, 0);
    expect(rig.recordsOf('boot').map(({ cause }) => cause)).toEqual(['first', 'powerLoss']);
  });
  return fc.assert(property, { numRuns: runs });
};
