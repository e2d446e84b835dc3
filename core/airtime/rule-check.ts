import type { AirtimeRule } from '#schemas/airtime.ts';
import type { ProblemOf } from '#schemas/problem.ts';

export type RuleProblem = ProblemOf<'ruleEndsBeforeStart' | 'ruleIncomplete'>;

/**
 * The first reason why a rule cannot be judged, given the ids of the rules that are there; undefined
 * when it can. Errors: ruleEndsBeforeStart; ruleIncomplete (`field` is missing or does not fit the
 * others: blocks without their length, `each` without its level, a coverage above all, an exemption
 * that is not daily, or names no known rule or the rule itself). Source: AIRTIME.md, 3 and 4.
 */
export const problemOfRule = (
  rule: AirtimeRule,
  known: ReadonlySet<string>,
): RuleProblem | undefined => {
  if (rule.to < rule.from) return { code: 'ruleEndsBeforeStart', from: rule.from, to: rule.to };
  const field = unfitField(rule, known);
  return field === undefined ? undefined : { code: 'ruleIncomplete', rule: rule.id, field };
};

const unfitField = (rule: AirtimeRule, known: ReadonlySet<string>): string | undefined => {
  if (rule.per === 'everyDays' && rule.everyDays === null) return 'everyDays';
  if (rule.scope === 'each' && rule.level === null) return 'level';
  if (rule.coverage.numerator > rule.coverage.denominator) return 'coverage';
  if (rule.unlessAired === null) return undefined;
  if (rule.per !== 'day') return 'per';
  const isOther = rule.unlessAired !== rule.id && known.has(rule.unlessAired);
  return isOther ? undefined : 'unlessAired';
};
