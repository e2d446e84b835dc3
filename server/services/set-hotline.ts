import { createId } from '#runtime/clock.ts';
import type { Actor } from '#schemas/entities/bulletin.ts';
import type { Hotline } from '#schemas/entities/hotline.ts';
import type { ProblemOf } from '#schemas/problem.ts';
import type { SetHotlineRequest } from '#schemas/requests/hotline.ts';
import { ok, type Result, refuse } from '#schemas/result.ts';
import type { ServerPorts } from '../ports/server-ports.ts';
import type { CommitProblem } from '../ports/store.ts';
import { auditEntry } from './audit-entry.ts';

/** The most numbers of a site: a dozen for each village of a commune of a hundred. */
const MAX_HOTLINES = 1200;

/**
 * The number that scripts with `{key}` read for a unit from now on. The audit keeps the one before.
 * Errors: unknownUnit, listFull, alreadyExists (it was entered twice at once), diskFull.
 */
export const setHotline = async (
  ports: Pick<ServerPorts, 'store' | 'clock' | 'entropy'>,
  actor: Actor,
  request: SetHotlineRequest,
): Promise<Result<Hotline, ProblemOf<'unknownUnit' | 'listFull'> | CommitProblem>> => {
  const { store, clock, entropy } = ports;
  const { key, unit } = request;
  if (unit !== null && !(await store.units()).some(({ id }) => id === unit)) {
    return refuse({ code: 'unknownUnit', unit });
  }
  const known = await store.hotlines();
  const before = known.find((line) => line.key === key && line.unit === unit);
  if (before === undefined && known.length >= MAX_HOTLINES) {
    return refuse({ code: 'listFull', most: MAX_HOTLINES });
  }
  const id = before?.id ?? createId(clock, entropy);
  const value: Hotline = {
    ...request,
    id,
    changedBy: actor,
    changedMs: Math.floor(clock.wallMs()),
  };
  const facts = { ...request, before: before?.number ?? null };
  const done = await store.commit({
    changes: [{ do: before === undefined ? 'insert' : 'put', what: 'hotline', value }],
    audit: [auditEntry(ports, { actor, action: 'setHotline', subject: id, facts })],
  });
  return done.ok ? ok(value) : done;
};
