import fc from 'fast-check';
import { planDay } from '#core/plan/plan-day.ts';
import { canPlanExactly } from './exact-plan.ts';
import { smallInput } from './small-inputs.ts';

/** How many of the days a planner and HiGHS found a plan for. */
export interface Agreement {
  readonly exact: number;
  readonly planned: number;
  readonly refusedInVain: readonly string[];
}

/** Holds random small days against HiGHS; what it can plan and we refuse is told as JSON. */
export const compareWithExact = (cases: number, seed: number): Agreement => {
  const inputs = fc.sample(smallInput, { numRuns: cases, seed });
  const found = inputs.map((input) => {
    const planned = planDay(input);
    return { input, code: planned.ok ? null : planned.problem.code };
  });
  const refused = found.filter(({ code }) => code !== null);
  const inVain = refused.filter(({ input }) => canPlanExactly(input));
  const planned = found.length - refused.length;
  return {
    exact: planned + inVain.length,
    planned,
    refusedInVain: inVain.map(({ input, code }) => JSON.stringify({ code, input })),
  };
};
