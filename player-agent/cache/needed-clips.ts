import { clipsOf } from '#core/preflight/look-ahead.ts';
import type { ClipReference, Playlist } from '#schemas/playlist.ts';
import type { LocalDay, Sha256 } from '#schemas/primitives.ts';

/** The clips of the documents, each once, in the order of the documents. */
export const neededClips = (
  hashes: Iterable<Sha256>,
  documents: ReadonlyMap<Sha256, Playlist>,
): ClipReference[] => {
  const clips = new Map<Sha256, ClipReference>();
  for (const hash of hashes) {
    for (const clip of clipsOf(documents.get(hash))) clips.set(clip.sha256, clip);
  }
  return [...clips.values()];
};

/** The last day up to which, from the first on, documents and clips are all there; null if none. */
export const completeThrough = (
  days: readonly (readonly [LocalDay, Sha256])[],
  documents: ReadonlyMap<Sha256, Playlist>,
  hasClip: (sha256: Sha256) => boolean,
): LocalDay | null => {
  let last: LocalDay | null = null;
  for (const [day, hash] of days) {
    const document = documents.get(hash);
    if (document === undefined || !clipsOf(document).every(({ sha256 }) => hasClip(sha256))) break;
    last = day;
  }
  return last;
};
