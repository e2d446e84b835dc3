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
import { type DaysProblem, type OddDays, oddDays, wrongDays } from './check-days.ts';
import { findDirective } from './find-directive.ts';
import { knownSite } from './known-site.ts';

/**
 * A topic that is broadcast over a period. Errors: notFound (the directive), ruleEndsBeforeStart,
 * ruleYearImplausible, ruleStartsBeforeDirective (unless it was confirmed), diskFull.
 */
export const createCampaign = async (
  ports: Pick<ServerPorts, 'store' | 'clock' | 'entropy'>,
  actor: Actor,
  request: CreateCampaignRequest,
): Promise<Result<Campaign, DaysProblem | OddDays | ProblemOf<'notFound'> | CommitProblem>> => {
  const { store, clock, entropy } = ports;
  const directive = await findDirective(store, request.directive);
  if (!directive.ok) return directive;
  const { zone } = await knownSite(store);
  const today = localDayAt(clock.wallMs(), zone);
  const { confirmed, ...campaign } = request;
  const [odd] = oddDays(campaign, directive.value, campaign.from).filter(
    ({ code }) => !confirmed.includes(code),
  );
  const wrong = wrongDays(campaign, directive.value, today) ?? odd;
  if (wrong !== undefined) return refuse(wrong);
  const value: Campaign = { id: createId(clock, entropy), ...campaign };
  const done = await store.commit({
    changes: [{ do: 'insert', what: 'campaign', value }],
    audit: [
      auditEntry(ports, { actor, action: 'createCampaign', subject: value.id, facts: value }),
    ],
  });
  return done.ok ? ok(value) : done;
};
