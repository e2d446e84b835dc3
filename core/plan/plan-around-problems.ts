import type { AirtimeRule } from '#schemas/airtime.ts';
import { planDay } from './plan-day.ts';
import type { DayPlan, PlanInput, PlanProblem } from './plan-input.ts';

/** A plan of the rules that can be planned, and why the others cannot. */
export interface PartialPlan extends DayPlan {
  readonly problems: readonly PlanProblem[];
}

/** Whether the problem lies with this rule. */
const stopsAt = (problem: PlanProblem) => (rule: AirtimeRule) => {
  if (problem.code === 'ruleEndsBeforeStart') return rule.to < rule.from;
  if (problem.code === 'campaignWithoutBulletins') return rule.campaign === problem.campaign;
  return problem.code === 'planGaveUp' || rule.id === problem.rule;
};

/**
 * The plan of `planDay`; where that is refused, the plan without the rules that stand in its way,
 * with one problem for each refusal, so that one campaign without content does not silence the
 * others. A day whose rules clash without one being to blame keeps only what had begun.
 * Source: AIRTIME.md, 5 ("or an explanation").
 */
export const planAroundProblems = (input: PlanInput): PartialPlan => {
  const problems: PlanProblem[] = [];
  let { rules } = input;
  while (true) {
    const planned = planDay({ ...input, rules });
    if (planned.ok) return { ...planned.value, problems };
    problems.push(planned.problem);
    const stops = stopsAt(planned.problem);
    // A problem always names a rule that was there; without rules nothing is refused.
    rules = rules.filter((rule) => !stops(rule));
  }
};
