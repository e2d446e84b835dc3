import { createId } from '#runtime/clock.ts';
import { localDayAt } from '#runtime/day-table.ts';
import type { AirtimeCap } from '#schemas/airtime.ts';
import type { Actor } from '#schemas/entities/bulletin.ts';
import type { ProblemOf } from '#schemas/problem.ts';
import type { SetCapRequest } from '#schemas/requests/airtime.ts';
import { ok, type Result, refuse } from '#schemas/result.ts';
import type { ServerPorts } from '../ports/server-ports.ts';
import type { CommitProblem } from '../ports/store.ts';
import { auditEntry } from './audit-entry.ts';
import { type DaysProblem, wrongDays } from './check-days.ts';
import { knownSite } from './known-site.ts';

/**
 * What local law forbids in a unit, new or in other words. Plans are made anew. Errors: unknownUnit,
 * notFound (no cap has that id), ruleEndsBeforeStart, ruleYearImplausible, diskFull.
 */
export const setCap = async (
  ports: Pick<ServerPorts, 'store' | 'clock' | 'entropy' | 'replan'>,
  actor: Actor,
  request: SetCapRequest,
): Promise<
  Result<AirtimeCap, DaysProblem | ProblemOf<'unknownUnit' | 'notFound'> | CommitProblem>
> => {
  const { store, clock, entropy } = ports;
  const { id, unit } = request;
  if (!(await store.units()).some((known) => known.id === unit)) {
    return refuse({ code: 'unknownUnit', unit });
  }
  if (id !== undefined && !(await store.caps()).some((cap) => cap.id === id)) {
    return refuse({ code: 'notFound', what: 'cap', id });
  }
  const { zone } = await knownSite(store);
  const wrong = wrongDays(request, undefined, localDayAt(clock.wallMs(), zone));
  if (wrong !== undefined) return refuse(wrong);
  const value: AirtimeCap = { ...request, id: id ?? createId(clock, entropy) };
  const done = await store.commit({
    changes: [{ do: id === undefined ? 'insert' : 'put', what: 'cap', value }],
    audit: [auditEntry(ports, { actor, action: 'setCap', subject: value.id, facts: value })],
  });
  if (!done.ok) return done;
  ports.replan.request('capSet');
  return ok(value);
};
