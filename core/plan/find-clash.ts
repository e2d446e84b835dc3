import type { PlanDemand } from '#schemas/plan-explanation.ts';
import { dayDemands } from './day-demands.ts';
import { decide } from './decide.ts';
import { normaliseInput } from './normalise-input.ts';
import type { PlanInput } from './plan-input.ts';
import { withoutDemand } from './without-demand.ts';

/** The input with only these of its demands. */
export const withOnly = (input: PlanInput, kept: readonly PlanDemand[]): PlanInput => {
  const names = new Set(kept.map((demand) => JSON.stringify(demand)));
  return dayDemands(normaliseInput(input))
    .filter((demand) => !names.has(JSON.stringify(demand)))
    .reduce(withoutDemand, input);
};

/**
 * Demands of the day that cannot hold together, though without any one of them the others could: each
 * in turn is left out, and stays out where the others still have no plan. Undefined where a plan
 * exists; `gaveUp` where `decideOn` did on the way. Source: AIRTIME.md, 5; the
 * deletion filter of Chinneck and Dravnieks for irreducible infeasible subsets.
 */
export const findClash = (
  given: PlanInput,
  decideOn = decide,
): PlanDemand[] | 'gaveUp' | undefined => {
  const input = normaliseInput(given);
  const first = decideOn(input);
  if (first !== 'none') return first === 'plan' ? undefined : first;
  let rest = input;
  const clash: PlanDemand[] = [];
  for (const demand of dayDemands(input)) {
    const without = withoutDemand(rest, demand);
    const decision = decideOn(without);
    if (decision === 'gaveUp') return 'gaveUp';
    if (decision === 'none') rest = without;
    else clash.push(demand);
  }
  return clash;
};
