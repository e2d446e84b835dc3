import type { AirtimeRule } from '#schemas/airtime.ts';
import type { ProblemOf } from '#schemas/problem.ts';
import type { SetRuleRequest } from '#schemas/requests/airtime.ts';
import type { Store } from '../ports/store.ts';

export type RuleProblem = ProblemOf<
  'notFound' | 'unknownCampaign' | 'unknownUnit' | 'requestInvalid' | 'ruleCycle'
>;

const contradictionOf = (rule: SetRuleRequest): ProblemOf<'requestInvalid'> | undefined => {
  const issues: { path: string; issue: string }[] = [];
  if ((rule.scope === 'each') !== (rule.level !== null)) {
    issues.push({ path: 'level', issue: 'scope' });
  }
  if ((rule.per === 'everyDays') !== (rule.everyDays !== null)) {
    issues.push({ path: 'everyDays', issue: 'per' });
  }
  if (rule.unlessAired !== null && rule.per !== 'day') issues.push({ path: 'per', issue: 'day' });
  if (rule.coverage.numerator > rule.coverage.denominator) {
    issues.push({ path: 'coverage', issue: '> 1' });
  }
  return issues.length === 0 ? undefined : { code: 'requestInvalid', issues };
};

/** The newest version of each rule, by id. */
export const newestRules = (rules: readonly AirtimeRule[]): ReadonlyMap<string, AirtimeRule> => {
  const newest = new Map<string, AirtimeRule>();
  for (const rule of rules) {
    if ((newest.get(rule.id)?.version ?? 0) < rule.version) newest.set(rule.id, rule);
  }
  return newest;
};

/** Whether the exemptions, followed from `start`, come back to `id`. */
const leadsBack = (
  rules: ReadonlyMap<string, AirtimeRule>,
  start: string | null,
  id: string,
): boolean => {
  let at = start;
  for (let steps = 0; at !== null && steps <= rules.size; steps += 1) {
    if (at === id) return true;
    at = rules.get(at)?.unlessAired ?? null;
  }
  return false;
};

const wrongExemption = (
  { id, unlessAired }: SetRuleRequest,
  rules: ReadonlyMap<string, AirtimeRule>,
): RuleProblem | undefined => {
  if (unlessAired === null) return undefined;
  if (!rules.has(unlessAired)) return { code: 'notFound', what: 'rule', id: unlessAired };
  return id !== undefined && leadsBack(rules, unlessAired, id)
    ? { code: 'ruleCycle', rule: id }
    : undefined;
};

/**
 * What a rule names that is not there, or says that contradicts itself. Errors: unknownCampaign,
 * unknownUnit, notFound (the rule itself, or the one that exempts), requestInvalid, ruleCycle.
 */
export const wrongRule = async (
  store: Pick<Store, 'campaigns' | 'units'>,
  request: SetRuleRequest,
  rules: ReadonlyMap<string, AirtimeRule>,
): Promise<RuleProblem | undefined> => {
  const { id, campaign, unit } = request;
  if (id !== undefined && !rules.has(id)) return { code: 'notFound', what: 'rule', id };
  if (!(await store.campaigns()).some((known) => known.id === campaign)) {
    return { code: 'unknownCampaign', campaign };
  }
  if (!(await store.units()).some((known) => known.id === unit)) {
    return { code: 'unknownUnit', unit };
  }
  return contradictionOf(request) ?? wrongExemption(request, rules);
};
