import { createId } from '#runtime/clock.ts';
import { localDayAt } from '#runtime/day-table.ts';
import type { Actor } from '#schemas/entities/bulletin.ts';
import type { Directive } from '#schemas/entities/site.ts';
import type { ProblemOf } from '#schemas/problem.ts';
import type { CreateDirectiveRequest } from '#schemas/requests/airtime.ts';
import { ok, type Result, refuse } from '#schemas/result.ts';
import type { ServerPorts } from '../ports/server-ports.ts';
import type { CommitProblem } from '../ports/store.ts';
import { auditEntry } from './audit-entry.ts';
import { yearOf } from './check-days.ts';
import { knownSite } from './known-site.ts';

/** No document of another century orders airtime now. */
const OLDEST_YEARS = 30;

/**
 * A document that orders airtime, entered as it reads. Errors: ruleYearImplausible (dated after
 * today, or more than `OLDEST_YEARS` ago), diskFull. Source: AIRTIME.md, 1, last paragraph.
 */
export const createDirective = async (
  ports: Pick<ServerPorts, 'store' | 'clock' | 'entropy'>,
  actor: Actor,
  request: CreateDirectiveRequest,
): Promise<Result<Directive, ProblemOf<'ruleYearImplausible'> | CommitProblem>> => {
  const { zone } = await knownSite(ports.store);
  const today = localDayAt(ports.clock.wallMs(), zone);
  const { day } = request;
  if (day > today || yearOf(today) - yearOf(day) > OLDEST_YEARS) {
    return refuse({ code: 'ruleYearImplausible', day });
  }
  const value: Directive = { id: createId(ports.clock, ports.entropy), ...request };
  const done = await ports.store.commit({
    changes: [{ do: 'insert', what: 'directive', value }],
    audit: [
      auditEntry(ports, { actor, action: 'createDirective', subject: value.id, facts: value }),
    ],
  });
  return done.ok ? ok(value) : done;
};
