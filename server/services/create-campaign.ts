import { createId } from '#runtime/clock.ts';
import { localDayAt } from '#runtime/day-table.ts';
import type { Actor } from '#schemas/entities/bulletin.ts';
import type { Campaign } from '#schemas/entities/site.ts';
import type { ProblemOf } from '#schemas/problem.ts';
import type { CreateCampaignRequest } from '#schemas/requests/airtime.ts';
import { ok, type Result, refuse } from '#schemas/result.ts';
import type { ServerPorts } from '../ports/server-ports.ts';
import type { CommitProblem } from '../ports/store.ts';
import { auditEntry } from './audit-entry.ts';
import { type DaysProblem, wrongDays } from './check-days.ts';
import { findDirective } from './find-directive.ts';
import { knownSite } from './known-site.ts';

/**
 * A topic that is broadcast over a period. Errors: notFound (the directive), ruleEndsBeforeStart,
 * ruleYearImplausible, ruleStartsBeforeDirective, diskFull.
 */
export const createCampaign = async (
  ports: Pick<ServerPorts, 'store' | 'clock' | 'entropy'>,
  actor: Actor,
  request: CreateCampaignRequest,
): Promise<Result<Campaign, DaysProblem | ProblemOf<'notFound'> | CommitProblem>> => {
  const { store, clock, entropy } = ports;
  const directive = await findDirective(store, request.directive);
  if (!directive.ok) return directive;
  const { zone } = await knownSite(store);
  const wrong = wrongDays(request, directive.value, localDayAt(clock.wallMs(), zone));
  if (wrong !== undefined) return refuse(wrong);
  const value: Campaign = { id: createId(clock, entropy), ...request };
  const done = await store.commit({
    changes: [{ do: 'insert', what: 'campaign', value }],
    audit: [
      auditEntry(ports, { actor, action: 'createCampaign', subject: value.id, facts: value }),
    ],
  });
  return done.ok ? ok(value) : done;
};
