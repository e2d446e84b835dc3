import type { AirtimeRule } from '#schemas/airtime.ts';
import { planDay } from './plan-day.ts';
import type { DayPlan, PlanInput, PlanProblem } from './plan-input.ts';

/** A plan of the rules that can be planned, and why the others cannot. */
export interface PartialPlan extends DayPlan {
  readonly problems: readonly PlanProblem[];
}

const blames =
  (problem: PlanProblem) =>
  (rule: AirtimeRule): boolean => {
    if (problem.code === 'ruleEndsBeforeStart') return rule.to < rule.from;
    if ('campaign' in problem) return rule.campaign === problem.campaign;
    return 'rule' in problem && rule.id === problem.rule;
  };

/** The rules without those to blame; where none is, the one that was entered last yields. */
const withoutBlamed = (rules: readonly AirtimeRule[], problem: PlanProblem): AirtimeRule[] => {
  const isBlamed = blames(problem);
  const rest = rules.filter((rule) => !isBlamed(rule));
  if (rest.length < rules.length) return rest;
  const newest = rules
    .map(({ id }) => id)
    .sort()
    .at(-1);
  return rules.filter(({ id }) => id !== newest);
};

const withoutCause = (input: PlanInput, problem: PlanProblem): PlanInput => {
  if (problem.code !== 'programmeUnplannable') {
    return { ...input, rules: withoutBlamed(input.rules, problem) };
  }
  const programmes = input.programmes.filter(({ id }) => id !== problem.programme);
  return { ...input, programmes };
};

/**
 * The plan of `planDay`; where that is refused, the plan without the rules and programmes that stand
 * in its way, with one problem for each refusal, so that one campaign without content does not silence
 * the others. Source: AIRTIME.md, 5 ("or an explanation").
 */
export const planAroundProblems = (given: PlanInput): PartialPlan => {
  const problems: PlanProblem[] = [];
  let input = given;
  while (true) {
    const planned = planDay(input);
    if (planned.ok) return { ...planned.value, problems };
    problems.push(planned.problem);
    // A problem always takes a rule or a programme with it; without either nothing is refused.
    input = withoutCause(input, planned.problem);
  }
};
