import type { Actor, Bulletin } from '#schemas/entities/bulletin.ts';
import type { ProblemOf } from '#schemas/problem.ts';
import type { Result } from '#schemas/result.ts';
import type { ServerPorts } from '../ports/server-ports.ts';
import type { CommitProblem } from '../ports/store.ts';
import { changeBulletinState } from './change-bulletin-state.ts';
import { findBulletin } from './find-bulletin.ts';

/**
 * Refuses what was submitted, with a reason that stays with the bulletin for who made it. Errors: notFound, wrongState,
 * changedMeanwhile, diskFull.
 */
export const rejectBulletin = async (
  ports: Pick<ServerPorts, 'store' | 'clock' | 'entropy'>,
  actor: Actor,
  { id, reason }: { id: string; reason: string },
): Promise<Result<Bulletin, ProblemOf<'notFound' | 'wrongState'> | CommitProblem>> => {
  const found = await findBulletin(ports.store, id, ['submitted']);
  if (!found.ok) return found;
  return changeBulletinState(ports, found.value, {
    actor,
    action: 'rejectBulletin',
    facts: { reason },
    next: { state: 'rejected', rejectReason: reason },
  });
};
