import type { Bulletin } from '#schemas/entities/bulletin.ts';
import type { Store } from '../ports/store.ts';
import { versionsSinceRelease } from './next-version.ts';

/**
 * The users who made what is to be released: this version, those before it that nobody released, whose
 * sound or facts it goes on with, and all that a voice reads in it for the first time. `versions` are
 * all of the bulletin, ascending. Source: issue 6, 6; ADR 0019; ADR 0031.
 */
export const readMakers = async (
  store: Pick<Store, 'saidNumbers'>,
  bulletin: Bulletin,
  versions: readonly Bulletin[],
): Promise<ReadonlySet<string>> => {
  const upToIt = versionsSinceRelease(versions).filter(
    ({ version }) => version <= bulletin.version,
  );
  const onAir = upToIt.find(({ releasedMs }) => releasedMs !== null);
  const made = upToIt.filter((each) => each !== onAir);
  const others = made.filter(({ clip }) => clip !== onAir?.clip).map(({ id }) => id);
  const read = (await store.saidNumbers(others)).flatMap(({ changedBy }) => changedBy);
  const actors = [...made.map(({ createdBy }) => createdBy), ...read];
  return new Set(actors.flatMap(({ kind, id }) => (kind === 'user' ? [id] : [])));
};
