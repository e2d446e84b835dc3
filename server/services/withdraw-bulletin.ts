import type { Actor, Bulletin } from '#schemas/entities/bulletin.ts';
import type { ProblemOf } from '#schemas/problem.ts';
import type { Result } from '#schemas/result.ts';
import type { ServerPorts } from '../ports/server-ports.ts';
import type { CommitProblem } from '../ports/store.ts';
import { changeBulletinState } from './change-bulletin-state.ts';
import { findBulletin } from './find-bulletin.ts';

/**
 * Takes a bulletin off the air, for good; plans are made anew and speakers are told. Errors:
 * notFound, wrongState, changedMeanwhile, diskFull.
 */
export const withdrawBulletin = async (
  ports: Pick<ServerPorts, 'store' | 'clock' | 'entropy'>,
  actor: Actor,
  id: string,
): Promise<Result<Bulletin, ProblemOf<'notFound' | 'wrongState'> | CommitProblem>> => {
  const found = await findBulletin(ports.store, id, ['draft', 'submitted', 'released']);
  if (!found.ok) return found;
  const change = { actor, action: 'withdrawBulletin', next: { state: 'withdrawn' } } as const;
  return changeBulletinState(ports, found.value, change);
};
