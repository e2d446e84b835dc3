import type { Actor } from '#schemas/entities/bulletin.ts';
import type { ProblemOf } from '#schemas/problem.ts';
import type { SetCapRequest } from '#schemas/requests/airtime.ts';
import { ok, type Result, refuse } from '#schemas/result.ts';
import type { ServerPorts } from '../ports/server-ports.ts';
import type { Change, CommitProblem, StoredCap } from '../ports/store.ts';
import { auditEntry } from './audit-entry.ts';
import { type DraftCapProblem, draftCap } from './draft-cap.ts';
import { unconfirmed } from './entry-finding.ts';
import { loosensQuietHours } from './loosens-quiet-hours.ts';
import { whyNotLoosen } from './may-loosen.ts';

/**
 * What local law forbids in a unit, new or in a new version, once every rule that it makes
 * impossible was confirmed. Plans are made anew. Shorter quiet hours are an approver's deed. Errors: as
 * `draftCap`; notConfirmed, notAllowed (who is no approver may not loosen quiet hours), alreadyExists
 * (somebody else made that version meanwhile), diskFull. Source: AIRTIME.md, 1 and 4.
 */
export const setCap = async (
  ports: Pick<ServerPorts, 'store' | 'clock' | 'entropy'>,
  actor: Actor,
  request: SetCapRequest,
): Promise<
  Result<StoredCap, DraftCapProblem | ProblemOf<'notConfirmed' | 'notAllowed'> | CommitProblem>
> => {
  const drafted = await draftCap(ports, request, false);
  if (!drafted.ok) return drafted;
  const { cap: value, ended, findings } = drafted.value;
  const codes = [...unconfirmed(findings, request.confirmed)];
  if (codes.length > 0) return refuse({ code: 'notConfirmed', count: codes.length, codes });
  const before = (await ports.store.caps()).filter(({ id }) => id === value.id).at(-1);
  const loosens = before !== undefined && loosensQuietHours(before, value);
  const refusal = loosens ? await whyNotLoosen(ports.store, actor) : undefined;
  if (refusal !== undefined) return refuse(refusal);
  const ending: Change[] = ended === null ? [] : [{ do: 'put', what: 'cap', value: ended }];
  const confirmed = findings.map(({ problem }) => problem);
  const facts = { ...value, confirmed, loosens };
  const done = await ports.store.commit({
    changes: [{ do: 'insert', what: 'cap', value }, ...ending],
    audit: [auditEntry(ports, { actor, action: 'setCap', subject: value.id, facts })],
  });
  return done.ok ? ok(value) : done;
};
