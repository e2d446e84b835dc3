import { createId } from '#runtime/clock.ts';
import { localDayAt } from '#runtime/day-table.ts';
import type { Actor } from '#schemas/entities/bulletin.ts';
import type { Unit } from '#schemas/entities/site.ts';
import type { ProblemOf } from '#schemas/problem.ts';
import type { CreateUnitRequest } from '#schemas/requests/site.ts';
import { ok, type Result, refuse } from '#schemas/result.ts';
import type { ServerPorts } from '../ports/server-ports.ts';
import type { CommitProblem } from '../ports/store.ts';
import { auditEntry } from './audit-entry.ts';
import { knownSite } from './known-site.ts';

const depthByLevel: Readonly<Record<Unit['level'], number>> = {
  province: 0,
  commune: 1,
  village: 2,
};

/**
 * A new unit below `parent`, which must be of a higher level. It begins today or later: a unit that was
 * there before is no reason to judge the past anew, `correctHistory` says what was. Errors: unknownUnit
 * (the parent), requestInvalid (the levels do not fit, a day that is over), diskFull.
 * Source: AIRTIME.md, 4 (unit history).
 */
export const createUnit = async (
  ports: Pick<ServerPorts, 'store' | 'clock' | 'entropy'>,
  actor: Actor,
  request: CreateUnitRequest,
): Promise<Result<Unit, ProblemOf<'unknownUnit' | 'requestInvalid'> | CommitProblem>> => {
  const { store, clock, entropy } = ports;
  const refused = await refuseParent(ports, request);
  if (refused !== undefined) return refuse(refused);
  const { zone } = await knownSite(store);
  const today = localDayAt(clock.wallMs(), zone);
  const { from = today } = request;
  if (from < today) {
    return refuse({ code: 'requestInvalid', issues: [{ path: 'from', issue: `< ${today}` }] });
  }
  const unit: Unit = {
    id: createId(clock, entropy),
    parent: request.parent,
    level: request.level,
    name: request.name,
    from,
    to: null,
  };
  const done = await store.commit({
    changes: [{ do: 'insert', what: 'unit', value: unit }],
    audit: [auditEntry(ports, { actor, action: 'createUnit', subject: unit.id, facts: unit })],
  });
  return done.ok ? ok(unit) : done;
};

const refuseParent = async (
  { store }: Pick<ServerPorts, 'store'>,
  { parent, level }: CreateUnitRequest,
): Promise<ProblemOf<'unknownUnit' | 'requestInvalid'> | undefined> => {
  if (parent === null) return undefined;
  const found = (await store.units()).find((unit) => unit.id === parent);
  if (found === undefined) return { code: 'unknownUnit', unit: parent };
  return depthByLevel[found.level] < depthByLevel[level]
    ? undefined
    : { code: 'requestInvalid', issues: [{ path: 'level', issue: `${level} < ${found.level}` }] };
};
