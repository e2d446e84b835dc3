import { ok, type Result } from '#schemas/result.ts';
import type { JudgeInput } from './judge-input.ts';
import type { RuleProblem } from './rule-check.ts';
import { type Judgement, openStanding } from './standing.ts';

/**
 * Holds every rule against the logs, for each speaker and each unit that owes it and each period
 * that lies whole in the day table. Equal inputs give equal values in equal order, whatever the
 * order of rules, speakers, units or records. It is what a standing says that was opened with all
 * records at once. Errors: ruleEndsBeforeStart, ruleIncomplete. Source: AIRTIME.md, 2 to 4.
 */
export const judge = (input: JudgeInput): Result<Judgement, RuleProblem> => {
  const standing = openStanding(input);
  return standing.ok ? ok(standing.value.judgement()) : standing;
};
