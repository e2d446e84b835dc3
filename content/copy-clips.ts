import type { ProblemOf } from '#schemas/problem.ts';
import { ok, type Result } from '#schemas/result.ts';
import { clipPath, openDiskClipStore } from './disk-clip-store.ts';
import type { ClipStore, HeldClip } from './ports.ts';

/** What became of the clips of a folder that was copied; those that are corrupt were left behind. */
export type CopyReport = {
  readonly copied: number;
  readonly copiedBytes: number;
  readonly alreadyThere: number;
  readonly corrupt: readonly string[];
};

export type CopyPlaces = {
  /** Where a clip store on the disk keeps, or kept, its clips. */
  readonly fromFolder: string;
  readonly to: ClipStore;
};

/** `gone`: it was removed since it was listed, so that nothing refers to it. */
type Copied = 'copied' | 'alreadyThere' | 'corrupt' | 'gone';

const copyOne = async (
  { fromFolder, to }: CopyPlaces,
  { sha256 }: HeldClip,
): Promise<Result<Copied, ProblemOf<'diskFull'>>> => {
  if ((await to.verify(sha256)).ok) return ok('alreadyThere');
  try {
    const put = await to.put(sha256, clipPath(fromFolder, sha256));
    if (put.ok) return ok('copied');
    return put.problem.code === 'clipCorrupt' ? ok('corrupt') : { ok: false, problem: put.problem };
  } catch (error) {
    if (await openDiskClipStore(fromFolder).has(sha256)) throw error;
    return ok('gone');
  }
};

/**
 * Copies every clip of a folder into another store, each held against its hash on the way; what
 * stands there whole is not copied again. Nothing is removed. It may be broken off and repeated, and
 * both may be in use meanwhile. Errors: diskFull.
 */
export const copyClips = async (
  places: CopyPlaces,
): Promise<Result<CopyReport, ProblemOf<'diskFull'>>> => {
  const counts = { copied: 0, alreadyThere: 0, corrupt: 0, gone: 0 };
  let copiedBytes = 0;
  const corrupt: string[] = [];
  for await (const clip of openDiskClipStore(places.fromFolder).list()) {
    const done = await copyOne(places, clip);
    if (!done.ok) return done;
    counts[done.value] += 1;
    if (done.value === 'copied') copiedBytes += clip.bytes;
    if (done.value === 'corrupt') corrupt.push(clip.sha256);
  }
  const { copied, alreadyThere } = counts;
  return ok({ copied, copiedBytes, alreadyThere, corrupt });
};
