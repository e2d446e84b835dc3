import type { AirtimeRule } from '#schemas/airtime.ts';
import type { Actor } from '#schemas/entities/bulletin.ts';
import type { ProblemOf } from '#schemas/problem.ts';
import type { SetRuleRequest } from '#schemas/requests/airtime.ts';
import { ok, type Result, refuse } from '#schemas/result.ts';
import type { ServerPorts } from '../ports/server-ports.ts';
import type { CommitProblem } from '../ports/store.ts';
import { auditEntry } from './audit-entry.ts';
import { type DraftRuleProblem, draftRule } from './draft-rule.ts';
import { unconfirmed } from './entry-finding.ts';

/**
 * A new rule, or a new version of one, once everything that is odd about it was confirmed by name.
 * Two documents may contradict each other, and both are entered then: what cannot be planned is told
 * here and with every plan. Plans are made anew. Errors: as `draftRule`; notConfirmed, diskFull.
 * Source: AIRTIME.md, 1, 3 and 4.
 */
export const setRule = async (
  ports: Pick<ServerPorts, 'store' | 'clock' | 'entropy'>,
  actor: Actor,
  request: SetRuleRequest,
): Promise<Result<AirtimeRule, DraftRuleProblem | ProblemOf<'notConfirmed'> | CommitProblem>> => {
  const drafted = await draftRule(ports, request, false);
  if (!drafted.ok) return drafted;
  const { rule: value, findings } = drafted.value;
  const codes = [...unconfirmed(findings, request.confirmed)];
  if (codes.length > 0) return refuse({ code: 'notConfirmed', count: codes.length, codes });
  const confirmed = findings.map(({ problem }) => problem);
  const facts = { ...value, confirmed };
  const done = await ports.store.commit({
    changes: [{ do: 'insert', what: 'rule', value }],
    audit: [auditEntry(ports, { actor, action: 'setRule', subject: value.id, facts })],
  });
  return done.ok ? ok(value) : done;
};
