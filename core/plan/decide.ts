import { createLeastFill } from './least-fill.ts';
import { normaliseInput } from './normalise-input.ts';
import { openDay, planDay } from './plan-day.ts';
import type { PlanInput } from './plan-input.ts';
import { searchDay } from './search-day.ts';

/** Whether a plan exists that holds all that is demanded; `gaveUp` where the search was bounded. */
export type Decision = 'plan' | 'none' | 'gaveUp';

/**
 * Asks the planner's search, and the planner itself where that reached its bound. A day that has begun
 * and cannot hold all any more has no plan.
 */
export const decide = (given: PlanInput): Decision => {
  const input = normaliseInput({ ...given, previous: null });
  const opened = openDay(input, createLeastFill());
  if (!opened.ok) return 'none';
  const { outcome } = searchDay(opened.value.empty, opened.value.demands);
  if (outcome !== 'gaveUp') return outcome === 'found' ? 'plan' : 'none';
  const planned = planDay(input);
  if (planned.ok) return planned.value.shortfalls.length === 0 ? 'plan' : 'none';
  const { code } = planned.problem;
  return code === 'planGaveUp' || code === 'planUnproven' ? 'gaveUp' : 'none';
};

/** Who is asked whether a plan exists, a bounded number of times. */
export interface Asking {
  /** As `decide`; `gaveUp` without asking once the number is reached. */
  readonly decide: (input: PlanInput) => Decision;
  readonly isSpent: () => boolean;
}

/** Asks at most so many times. */
export const askUpTo = (most: number): Asking => {
  let asked = 0;
  return {
    decide: (input) => {
      asked += 1;
      return asked > most ? 'gaveUp' : decide(input);
    },
    isSpent: () => asked > most,
  };
};
