import type { Actor, Bulletin } from '#schemas/entities/bulletin.ts';
import type { ProblemOf } from '#schemas/problem.ts';
import { type Result, refuse } from '#schemas/result.ts';
import type { ServerPorts } from '../ports/server-ports.ts';
import type { CommitProblem } from '../ports/store.ts';
import { changeBulletinState } from './change-bulletin-state.ts';
import { findBulletin } from './find-bulletin.ts';
import { wrongNumbers } from './script-numbers.ts';

/**
 * Hands a draft to the approver. Errors: notFound, wrongState, changedMeanwhile (another telephone
 * number is in force than it says, too), numberMissing, unitNameMissing, diskFull.
 */
export const submitBulletin = async (
  ports: Pick<ServerPorts, 'store' | 'clock' | 'entropy'>,
  actor: Actor,
  id: string,
): Promise<
  Result<
    Bulletin,
    ProblemOf<'notFound' | 'wrongState' | 'numberMissing' | 'unitNameMissing'> | CommitProblem
  >
> => {
  const found = await findBulletin(ports.store, id, ['draft']);
  if (!found.ok) return found;
  const wrong = await wrongNumbers(ports, found.value);
  if (wrong !== undefined) return refuse(wrong);
  const action = 'submitBulletin';
  return changeBulletinState(ports, found.value, { actor, action, next: { state: 'submitted' } });
};
