import { createId } from '#runtime/clock.ts';
import type { Actor } from '#schemas/entities/bulletin.ts';
import type { Directive } from '#schemas/entities/site.ts';
import type { CreateDirectiveRequest } from '#schemas/requests/airtime.ts';
import { ok, type Result } from '#schemas/result.ts';
import type { ServerPorts } from '../ports/server-ports.ts';
import type { CommitProblem } from '../ports/store.ts';
import { auditEntry } from './audit-entry.ts';

/** A document that orders airtime, entered as it reads. Errors: diskFull. */
export const createDirective = async (
  ports: Pick<ServerPorts, 'store' | 'clock' | 'entropy'>,
  actor: Actor,
  request: CreateDirectiveRequest,
): Promise<Result<Directive, CommitProblem>> => {
  const value: Directive = { id: createId(ports.clock, ports.entropy), ...request };
  const done = await ports.store.commit({
    changes: [{ do: 'insert', what: 'directive', value }],
    audit: [
      auditEntry(ports, { actor, action: 'createDirective', subject: value.id, facts: value }),
    ],
  });
  return done.ok ? ok(value) : done;
};
