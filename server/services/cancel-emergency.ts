import { createId } from '#runtime/clock.ts';
import type { Actor } from '#schemas/entities/bulletin.ts';
import type { Emergency } from '#schemas/evidence.ts';
import type { ProblemOf } from '#schemas/problem.ts';
import { ok, type Result, refuse } from '#schemas/result.ts';
import type { ServerPorts } from '../ports/server-ports.ts';
import type { CommitProblem } from '../ports/store.ts';
import { auditEntry } from './audit-entry.ts';
import { emergencyMessage, readEmergency, signEmergency } from './sign-emergency.ts';

/**
 * Ends an emergency wherever it was sent: what sounds falls silent, what has not begun stays silent.
 * Errors: notFound (no emergency has that id, or it is a cancel), wrongState (it is cancelled or has
 * expired), changedMeanwhile, alreadyExists, diskFull. Source: schemas/evidence.ts.
 */
export const cancelEmergency = async (
  ports: Pick<ServerPorts, 'store' | 'keys' | 'clock' | 'entropy'>,
  actor: Actor,
  id: string,
): Promise<Result<Emergency, ProblemOf<'notFound' | 'wrongState'> | CommitProblem>> => {
  const { store, clock, entropy } = ports;
  const stored = await store.emergencyById(id);
  const before = stored && readEmergency(stored);
  if (before === undefined || before.cancels !== null) {
    return refuse({ code: 'notFound', what: 'emergency', id });
  }
  const nowMs = Math.floor(clock.wallMs());
  if (stored?.cancelledMs !== null || nowMs >= before.expiresMs) {
    const state = stored?.cancelledMs === null ? 'expired' : 'cancelled';
    return refuse({ code: 'wrongState', what: 'emergency', state });
  }
  const cancel: Emergency = {
    ...before,
    id: createId(clock, entropy),
    issuedMs: nowMs,
    playlist: null,
    repeats: 1,
    cancels: id,
  };
  const signed = signEmergency(ports, cancel, []);
  const done = await store.commit({
    changes: [
      signed.change,
      { do: 'put', what: 'emergency', value: { ...stored, cancelledMs: nowMs, cleared: true } },
    ],
    audit: [auditEntry(ports, { actor, action: 'cancelEmergency', subject: id })],
    // Who comes back later is told only that it was cancelled.
    outbox: [signed.message, emergencyMessage(ports, before)],
  });
  return done.ok ? ok(cancel) : done;
};
