import type { Bulletin, BulletinState } from '#schemas/entities/bulletin.ts';
import type { Change, Guard, Store } from '../ports/store.ts';

/** What of a bulletin says which version of what it is. */
export type VersionFacts = Pick<Bulletin, 'first' | 'version' | 'versionReason'>;

/** A version as it will stand, and what its making does to those before it. */
export interface NextVersion {
  readonly facts: VersionFacts;
  readonly changes: readonly Change[];
  readonly guards: readonly Guard[];
}

const waiting: ReadonlySet<BulletinState> = new Set(['draft', 'submitted']);

/** Nothing but the first version, under the bulletin's own id. */
export const firstVersion = (id: string): NextVersion => ({
  facts: { first: id, version: 1, versionReason: null },
  changes: [],
  guards: [],
});

/** The bulletin as `replaced`, if nobody changes it meanwhile. */
export const replaceVersion = (bulletin: Bulletin) => {
  const { id, state, clip } = bulletin;
  return {
    change: { do: 'put', what: 'bulletin', value: { ...bulletin, state: 'replaced' } },
    guard: { kind: 'bulletinState', id, state, clip },
  } as const satisfies { change: Change; guard: Guard };
};

/** Of the versions of a bulletin, ascending, the last one that was ever released and those after it. */
export const versionsSinceRelease = (versions: readonly Bulletin[]): readonly Bulletin[] => {
  const last = versions.findLastIndex(({ releasedMs }) => releasedMs !== null);
  return versions.slice(Math.max(0, last));
};

/**
 * The version after `replaces`. A version that nobody has released yet gives way to it at once; a
 * released one stays on the air until the new one is released, so that what is ordered goes on being
 * aired while an approver listens. Source: ADR 0019.
 */
export const nextVersion = async (
  store: Pick<Store, 'bulletinVersions'>,
  { replaces, reason }: { readonly replaces: Bulletin; readonly reason: string | null },
): Promise<NextVersion> => {
  const versions = await store.bulletinVersions(replaces.first);
  const given = versions.filter(({ state }) => waiting.has(state)).map(replaceVersion);
  const { id, state, clip } = replaces;
  const version = Math.max(...versions.map((each) => each.version)) + 1;
  return {
    facts: { first: replaces.first, version, versionReason: reason },
    changes: given.map(({ change }) => change),
    guards: [{ kind: 'bulletinState', id, state, clip }, ...given.map(({ guard }) => guard)],
  };
};
