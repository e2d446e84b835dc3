import type { PlanExplanation } from '#schemas/plan-explanation.ts';
import { findClash } from './find-clash.ts';
import { findRepairs } from './find-repairs.ts';
import { normaliseInput } from './normalise-input.ts';
import type { PlanInput } from './plan-input.ts';

/**
 * Why the day has no plan: an irreducible clash of demands, and the cheapest repairs. Undefined where
 * a plan exists; `gaveUp` where the planner reached its bound, so that nothing is claimed. The same
 * input gives the same explanation. Source: AIRTIME.md, 5.
 */
export const explainPlan = (given: PlanInput): PlanExplanation | 'gaveUp' | undefined => {
  const input = { ...normaliseInput(given), previous: null };
  const clash = findClash(input);
  if (clash === undefined || clash === 'gaveUp') return clash;
  return { clash, ...findRepairs(input, clash) };
};
