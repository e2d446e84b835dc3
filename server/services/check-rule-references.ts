import type { AirtimeRule } from '#schemas/airtime.ts';
import type { ProblemOf } from '#schemas/problem.ts';
import type { SetRuleRequest } from '#schemas/requests/airtime.ts';
import type { Store } from '../ports/store.ts';

export type ReferenceProblem = ProblemOf<
  'notFound' | 'unknownCampaign' | 'unknownUnit' | 'ruleCycle'
>;

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

/**
 * What a rule names that is not there, and exemptions that go in a circle. Errors: unknownCampaign,
 * unknownUnit, notFound (the rule itself, of which this should be a version), ruleCycle.
 */
export const wrongReference = async (
  store: Pick<Store, 'campaigns' | 'units'>,
  request: SetRuleRequest,
  rules: ReadonlyMap<string, AirtimeRule>,
): Promise<ReferenceProblem | undefined> => {
  const { id, campaign, unit } = request;
  if (id !== undefined && !rules.has(id)) return { code: 'notFound', what: 'rule', id };
  if (!(await store.campaigns()).some((known) => known.id === campaign)) {
    return { code: 'unknownCampaign', campaign };
  }
  if (!(await store.units()).some((known) => known.id === unit)) {
    return { code: 'unknownUnit', unit };
  }
  return id !== undefined && leadsBack(rules, request.unlessAired, id)
    ? { code: 'ruleCycle', rule: id }
    : undefined;
};
