import type { Actor } from '#schemas/entities/bulletin.ts';
import type { Programme } from '#schemas/entities/programme.ts';
import type { ProblemOf } from '#schemas/problem.ts';
import type { SetProgrammeRequest } from '#schemas/requests/airtime.ts';
import { ok, type Result, refuse } from '#schemas/result.ts';
import type { ServerPorts } from '../ports/server-ports.ts';
import type { CommitProblem } from '../ports/store.ts';
import { auditEntry } from './audit-entry.ts';
import { type DraftProgrammeProblem, draftProgramme } from './draft-programme.ts';
import { unconfirmed } from './entry-finding.ts';

/**
 * What sounds in a unit from another source, new or changed, once every rule that it makes impossible
 * was confirmed. Plans are made anew and speakers are told. Errors: as `draftProgramme`;
 * notConfirmed, diskFull. Source: AIRTIME.md, 5.
 */
export const setProgramme = async (
  ports: Pick<ServerPorts, 'store' | 'clock' | 'entropy'>,
  actor: Actor,
  request: SetProgrammeRequest,
): Promise<
  Result<Programme, DraftProgrammeProblem | ProblemOf<'notConfirmed'> | CommitProblem>
> => {
  const drafted = await draftProgramme(ports, request, false);
  if (!drafted.ok) return drafted;
  const { programme: value, before, findings } = drafted.value;
  const codes = [...unconfirmed(findings, request.confirmed)];
  if (codes.length > 0) return refuse({ code: 'notConfirmed', count: codes.length, codes });
  const facts = { ...value, confirmed: findings.map(({ problem }) => problem) };
  const done = await ports.store.commit({
    guards: before === undefined ? [] : [{ kind: 'sameProgramme', value: before }],
    changes: [{ do: 'put', what: 'programme', value }],
    audit: [auditEntry(ports, { actor, action: 'setProgramme', subject: value.id, facts })],
  });
  return done.ok ? ok(value) : done;
};
