import type { Actor } from '#schemas/entities/bulletin.ts';
import type { Site } from '#schemas/entities/site.ts';
import type { ProblemOf } from '#schemas/problem.ts';
import { ok, type Result, refuse } from '#schemas/result.ts';
import type { ServerPorts } from '../ports/server-ports.ts';
import type { CommitProblem } from '../ports/store.ts';
import { auditEntry } from './audit-entry.ts';
import { knownSite } from './known-site.ts';
import { whyNotLoosen } from './may-loosen.ts';

/**
 * Whether who made a bulletin may release it from now on. Who is no approver can only demand four
 * eyes, not give them up. Errors: notAllowed, diskFull. Source: issue 6, 6.
 */
export const setFourEyes = async (
  ports: Pick<ServerPorts, 'store' | 'clock' | 'entropy'>,
  actor: Actor,
  fourEyes: boolean,
): Promise<Result<Site, ProblemOf<'notAllowed'> | CommitProblem>> => {
  const { store } = ports;
  const before = await knownSite(store);
  if (before.fourEyes === fourEyes) return ok(before);
  const refusal = fourEyes ? undefined : await whyNotLoosen(store, actor);
  if (refusal !== undefined) return refuse(refusal);
  const value: Site = { ...before, fourEyes };
  const facts = { before: before.fourEyes, after: fourEyes };
  const done = await store.commit({
    changes: [{ do: 'put', what: 'site', value }],
    audit: [auditEntry(ports, { actor, action: 'setFourEyes', subject: before.slug, facts })],
  });
  return done.ok ? ok(value) : done;
};
