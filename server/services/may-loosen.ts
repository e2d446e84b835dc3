import type { Actor } from '#schemas/entities/bulletin.ts';
import type { ProblemOf } from '#schemas/problem.ts';
import type { Store } from '../ports/store.ts';

/**
 * Why the actor may not loosen what speakers refuse by themselves; undefined for an approver and for
 * the system itself. Source: issue 5, 2.
 */
export const whyNotLoosen = async (
  store: Pick<Store, 'userById'>,
  actor: Actor,
): Promise<ProblemOf<'notAllowed'> | undefined> => {
  if (actor.kind === 'system') return undefined;
  const user = actor.kind === 'user' ? await store.userById(actor.id) : undefined;
  const mayLoosen = user?.roles.includes('approver') ?? false;
  return mayLoosen ? undefined : { code: 'notAllowed', needs: 'approver' };
};
