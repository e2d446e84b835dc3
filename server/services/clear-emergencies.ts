import { ok, type Result } from '#schemas/result.ts';
import type { ServerPorts } from '../ports/server-ports.ts';
import { type CommitProblem, MAX_LIST } from '../ports/store.ts';
import { emergencyMessage, readEmergency } from './sign-emergency.ts';

/**
 * Takes emergencies that have expired off the broker, so that no speaker that comes back is sent them;
 * the store keeps them. The value is how many. Errors: changedMeanwhile, alreadyExists, diskFull.
 */
export const clearEmergencies = async (
  ports: Pick<ServerPorts, 'store' | 'clock' | 'entropy'>,
): Promise<Result<number, CommitProblem>> => {
  const { store, clock } = ports;
  const nowMs = clock.wallMs();
  const standing = await store.emergencies(MAX_LIST);
  const expired = standing.filter(({ cleared, expiresMs }) => !cleared && expiresMs <= nowMs);
  if (expired.length === 0) return ok(0);
  const done = await store.commit({
    changes: expired.map((stored) => ({
      do: 'put',
      what: 'emergency',
      value: { ...stored, cleared: true },
    })),
    outbox: expired.map((stored) => emergencyMessage(ports, readEmergency(stored))),
  });
  return done.ok ? ok(expired.length) : done;
};
