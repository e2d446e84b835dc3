import type { Sha256 } from '#schemas/primitives.ts';
import type { ClipStore } from './ports.ts';

/** A store of this process, and what was put into it of late. */
export type NotedClipStore = {
  readonly clips: ClipStore;
  /** Whether it was put, or began to be, since the turn before the last. */
  readonly wasPut: (sha256: Sha256) => boolean;
  /** Begins anew and forgets what was put before the last turn. */
  readonly turn: () => void;
};

/**
 * Notes what is put into a store before it stands there, so that whoever cleans up beside the work
 * takes nothing away that somebody is just about to refer to. A put waits for a removal of the same
 * clip: one that a slow store carries out late, or twice, would take what was put meanwhile.
 */
export const createNotedClipStore = (store: ClipStore): NotedClipStore => {
  let [before, now] = [new Set<Sha256>(), new Set<Sha256>()];
  const removals = new Map<Sha256, Promise<void>>();
  return {
    clips: {
      ...store,
      put: async (sha256, path) => {
        now.add(sha256);
        // Whoever removes is told how that went.
        await removals.get(sha256)?.catch(() => undefined);
        return store.put(sha256, path);
      },
      remove: async (sha256) => {
        const removal = store.remove(sha256);
        removals.set(sha256, removal);
        try {
          await removal;
        } finally {
          if (removals.get(sha256) === removal) removals.delete(sha256);
        }
      },
    },
    wasPut: (sha256) => now.has(sha256) || before.has(sha256),
    turn: () => {
      [before, now] = [now, new Set()];
    },
  };
};
