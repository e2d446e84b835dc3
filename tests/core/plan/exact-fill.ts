import fc from 'fast-check';
import { fillRun } from '#core/plan/fill-run.ts';
import { createLeastFill } from '#core/plan/least-fill.ts';
import type { PlanBulletin } from '#core/plan/plan-input.ts';
import { MAX_SLOTS_PER_SESSION } from '#schemas/playlist.ts';
import { solveExactly, sumOf } from './exact-solver.ts';
import { bulletinOf, MINUTE_MS } from './plan-inputs.ts';

interface FillCase {
  readonly targetMs: number;
  readonly rotation: readonly PlanBulletin[];
}

/** Sessions of 5 to 45 minutes from 2 to 30 bulletins of half a minute to eight minutes. */
const fillCase: fc.Arbitrary<FillCase> = fc.record({
  targetMs: fc.integer({ min: 5, max: 45 }).map((minutes) => minutes * MINUTE_MS + 30_000),
  rotation: fc
    .array(fc.integer({ min: 30_000, max: 480_000 }), { minLength: 2, maxLength: 30 })
    .map((lengths) => lengths.map((durationMs, index) => bulletinOf(index, durationMs))),
});

/** HiGHS proves its answer to this share: the last milliseconds would take it minutes. */
const GAP = 1e-4;

/**
 * The least total that HiGHS finds: the one whose turn it is at least once, any number of times each,
 * none more often than can alternate.
 */
const leastMs = ({ targetMs, rotation }: FillCase): number => {
  const names = rotation.map((_, index) => `x${index}`);
  const terms = rotation.map(({ clip }, index) => ({
    factor: clip.durationMs,
    name: `x${index}`,
  }));
  const ones = names.map((name) => ({ factor: 1, name }));
  const alternating = names.map(
    (name) => `${sumOf(ones.filter((one) => one.name !== name))} - 1 ${name} >= -1`,
  );
  const few = `${sumOf(ones)} <= ${MAX_SLOTS_PER_SESSION}`;
  const constraints = [`${sumOf(terms)} >= ${targetMs}`, few, 'x0 >= 1', ...alternating];
  const program = { minimise: sumOf(terms), constraints, integers: names, binaries: [] };
  const least = solveExactly(program, GAP);
  if (least === undefined) throw new Error('two bulletins always fill a session');
  return Math.round(least);
};

export interface FillComparison {
  readonly oursMs: number;
  readonly exactMs: number;
  readonly targetMs: number;
}

/** How long random sessions become in turns, beside the shortest that HiGHS finds. */
export const compareFills = (cases: number, seed: number): FillComparison[] =>
  fc.sample(fillCase, { numRuns: cases, seed }).map((one) => {
    const run =
      fillRun({ ...one, mandatory: [], before: null, leastFill: createLeastFill() }) ?? [];
    const oursMs = run.reduce((sum, { clip }) => sum + clip.durationMs, 0);
    return { oursMs, exactMs: leastMs(one), targetMs: one.targetMs };
  });
