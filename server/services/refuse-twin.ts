import type { Bulletin, BulletinState } from '#schemas/entities/bulletin.ts';
import type { ProblemOf } from '#schemas/problem.ts';
import type { Store } from '../ports/store.ts';

const finished = new Set<BulletinState>(['rejected', 'withdrawn', 'replaced']);

/**
 * Why these bytes cannot become a version of the bulletin `first`: another one that is under way or
 * released has the same. Undefined when none has; versions of one bulletin may share them.
 */
export const refuseTwin = async (
  store: Pick<Store, 'bulletins'>,
  { clip, first }: { readonly clip: string; readonly first: string | undefined },
): Promise<ProblemOf<'soundAlreadyBrought'> | undefined> => {
  const isTwin = (each: Bulletin): boolean =>
    each.clip === clip && !finished.has(each.state) && each.first !== first;
  const twin = (await store.bulletins()).find(isTwin);
  return twin && { code: 'soundAlreadyBrought', id: twin.id, title: twin.title };
};
