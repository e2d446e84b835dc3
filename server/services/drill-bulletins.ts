import type { Store } from '../ports/store.ts';

/** The released bulletins that say that all this is only a trial. */
export const drillBulletins = async (
  store: Pick<Store, 'bulletins'>,
  nowMs: number,
): Promise<readonly string[]> =>
  (await store.bulletins())
    .filter(({ state, trial, validFromMs, expiresMs }) => {
      return state === 'released' && trial && validFromMs <= nowMs && nowMs < expiresMs;
    })
    .map(({ id }) => id);
