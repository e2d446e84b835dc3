import { planDay } from '#core/plan/plan-day.ts';
import type { DayPlan, PlanInput, PlanProblem } from '#core/plan/plan-input.ts';
import type { Session } from '#schemas/playlist.ts';
import { inputOf } from './plan-inputs.ts';

/** The plan of the usual day with these changes; a refusal fails the test with its facts. */
export const planOf = (changes: Partial<PlanInput> = {}): DayPlan => {
  const planned = planDay(inputOf(changes));
  if (!planned.ok) throw new Error(JSON.stringify(planned.problem));
  return planned.value;
};

export const sessionsOf = (changes: Partial<PlanInput> = {}): readonly Session[] =>
  planOf(changes).playlist.sessions;

/** The refusal of the usual day with these changes, or the plan that should not exist. */
export const problemOf = (changes: Partial<PlanInput>): PlanProblem | DayPlan => {
  const planned = planDay(inputOf(changes));
  return planned.ok ? planned.value : planned.problem;
};

/** Which bulletins the sessions hold. */
export const bulletinsOf = (changes: Partial<PlanInput> = {}) =>
  sessionsOf(changes).map((session) => session.slots.map((slot) => slot.bulletin));
