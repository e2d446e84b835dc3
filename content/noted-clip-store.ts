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
 * takes nothing away that somebody is just about to refer to. Where several put the same clip, a removal
 * takes one of these back, and only the last one the clip. A put waits for a removal of the same
 * clip: one that a slow store carries out late, or twice, would take what was put meanwhile.
 */
export const createNotedClipStore = (store: ClipStore): NotedClipStore => {
  let [before, now] = [new Set<Sha256>(), new Set<Sha256>()];
  const removals = new Map<Sha256, Promise<void>>();
  const puts = new Map<Sha256, number>();
  /** How many puts of late are left without this one. */
  const takeBack = (sha256: Sha256): number => {
    const left = Math.max(0, (puts.get(sha256) ?? 0) - 1);
    if (left === 0) puts.delete(sha256);
    else puts.set(sha256, left);
    return left;
  };
  return {
    clips: {
      ...store,
      put: async (sha256, path) => {
        now.add(sha256);
        puts.set(sha256, (puts.get(sha256) ?? 0) + 1);
        // Whoever removes is told how that went.
        await removals.get(sha256)?.catch(() => undefined);
        let isPut = false;
        try {
          const put = await store.put(sha256, path);
          isPut = put.ok;
          return put;
        } finally {
          if (!isPut) takeBack(sha256);
        }
      },
      remove: async (sha256) => {
        if (takeBack(sha256) > 0) return;
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
      for (const sha256 of puts.keys()) if (!before.has(sha256)) puts.delete(sha256);
    },
  };
};
