import { problemOfRule, type RuleProblem } from '#core/airtime/rule-check.ts';
import { createId } from '#runtime/clock.ts';
import { addDays, localDayAt } from '#runtime/day-table.ts';
import type { AirtimeRule } from '#schemas/airtime.ts';
import type { Actor } from '#schemas/entities/bulletin.ts';
import type { LocalDay } from '#schemas/primitives.ts';
import type { SetRuleRequest } from '#schemas/requests/airtime.ts';
import { ok, type Result, refuse } from '#schemas/result.ts';
import type { ServerPorts } from '../ports/server-ports.ts';
import type { CommitProblem } from '../ports/store.ts';
import { auditEntry } from './audit-entry.ts';
import { type DaysProblem, wrongDays } from './check-days.ts';
import { newestRules, type ReferenceProblem, wrongReference } from './check-rule-references.ts';
import { findDirective } from './find-directive.ts';
import { knownSite } from './known-site.ts';

/**
 * A new rule, or a new version of one, in force from tomorrow at the earliest, so that it never
 * re-judges a day that has begun. Plans are made anew. Errors: unknownCampaign, unknownUnit,
 * notFound, ruleIncomplete, ruleCycle, ruleEndsBeforeStart, ruleYearImplausible,
 * ruleStartsBeforeDirective, diskFull. Source: AIRTIME.md, 1, 3 and 4.
 */
export const setRule = async (
  ports: Pick<ServerPorts, 'store' | 'clock' | 'entropy' | 'replan'>,
  actor: Actor,
  request: SetRuleRequest,
): Promise<Result<AirtimeRule, ReferenceProblem | RuleProblem | DaysProblem | CommitProblem>> => {
  const { store, clock } = ports;
  const directive = await findDirective(store, request.directive);
  if (!directive.ok) return directive;
  const rules = newestRules(await store.rules());
  const { zone } = await knownSite(store);
  const today = localDayAt(clock.wallMs(), zone);
  const wrong =
    wrongDays(request, directive.value, today) ?? (await wrongReference(store, request, rules));
  if (wrong !== undefined) return refuse(wrong);
  const before = request.id === undefined ? undefined : rules.get(request.id);
  const value = nextVersion(ports, request, { before, today });
  const unfit = problemOfRule(value, new Set(rules.keys()));
  if (unfit !== undefined) return refuse(unfit);
  const done = await store.commit({
    changes: [{ do: 'insert', what: 'rule', value }],
    audit: [auditEntry(ports, { actor, action: 'setRule', subject: value.id, facts: value })],
  });
  if (!done.ok) return done;
  ports.replan.request('ruleSet');
  return ok(value);
};

interface History {
  readonly before: AirtimeRule | undefined;
  readonly today: LocalDay;
}

const nextVersion = (
  { clock, entropy }: Pick<ServerPorts, 'clock' | 'entropy'>,
  request: SetRuleRequest,
  { before, today }: History,
): AirtimeRule => {
  const tomorrow = addDays(today, 1);
  const wished = request.versionFrom ?? (before === undefined ? request.from : tomorrow);
  return {
    ...request,
    id: before?.id ?? createId(clock, entropy),
    version: (before?.version ?? 0) + 1,
    versionFrom: before !== undefined && wished < tomorrow ? tomorrow : wished,
  };
};
