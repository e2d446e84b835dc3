import type { Bulletin } from '#schemas/entities/bulletin.ts';
import type { ProblemOf } from '#schemas/problem.ts';
import { ok, type Result, refuse } from '#schemas/result.ts';
import type { Store } from '../ports/store.ts';

/** The bulletin, if it is in one of the states. Errors: notFound, wrongState. */
export const findBulletin = async (
  store: Pick<Store, 'bulletinById'>,
  id: string,
  states: readonly Bulletin['state'][],
): Promise<Result<Bulletin, ProblemOf<'notFound' | 'wrongState'>>> => {
  const bulletin = await store.bulletinById(id);
  if (bulletin === undefined) return refuse({ code: 'notFound', what: 'bulletin', id });
  return states.includes(bulletin.state)
    ? ok(bulletin)
    : refuse({ code: 'wrongState', what: 'bulletin', state: bulletin.state });
};
