import type { ClipStore, HeldClip } from './ports.ts';

/**
 * The answer of the first store that has the clip; that of the last when none has. Throws when the
 * first fails and the last has it not.
 */
const firstThatHas = async <T extends { readonly ok: boolean; readonly problem?: unknown }>(
  asked: Promise<T>,
  otherwise: () => Promise<T>,
): Promise<T> => {
  const [answer] = await Promise.allSettled([asked]);
  if (answer.status === 'fulfilled' && answer.value.ok) return answer.value;
  const other = await otherwise();
  if (answer.status === 'rejected' && !other.ok) throw answer.reason;
  return other;
};

async function* listBoth(store: ClipStore, previous: ClipStore): AsyncGenerator<HeldClip> {
  const listed = new Set<string>();
  for await (const clip of store.list()) {
    listed.add(clip.sha256);
    yield clip;
  }
  for await (const clip of previous.list()) if (!listed.has(clip.sha256)) yield clip;
}

/**
 * A clip store into which another one is being moved: what is new goes into `store`, what is not
 * there yet, or cannot be had from it now, is read from `previous`. A clip that is removed goes from
 * both.
 */
export const createMovingClipStore = (store: ClipStore, previous: ClipStore): ClipStore => {
  const size: ClipStore['size'] = (sha256) =>
    firstThatHas(store.size(sha256), () => previous.size(sha256));
  return {
    put: store.put,
    has: async (sha256) => (await size(sha256)).ok,
    size,
    open: (sha256, range) =>
      firstThatHas(store.open(sha256, range), () => previous.open(sha256, range)),
    link: async (sha256, time) => {
      // Who gets no link gets the bytes, and is told of a failure with them.
      const [found] = await Promise.allSettled([store.has(sha256)]);
      return found.status === 'fulfilled' && found.value ? store.link(sha256, time) : null;
    },
    verify: (sha256) => firstThatHas(store.verify(sha256), () => previous.verify(sha256)),
    remove: async (sha256) => {
      await store.remove(sha256);
      await previous.remove(sha256);
    },
    list: () => listBoth(store, previous),
  };
};
