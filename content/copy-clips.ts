import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { ProblemOf } from '#schemas/problem.ts';
import { ok, type Result, refuse } from '#schemas/result.ts';
import { isDiskFull } from './disk-full.ts';
import type { ClipStore, HeldClip } from './ports.ts';

/** What became of the clips of a store that was copied; those that are corrupt were left behind. */
export type CopyReport = {
  readonly copied: number;
  readonly copiedBytes: number;
  readonly alreadyThere: number;
  readonly corrupt: readonly string[];
};

export type CopyPlaces = {
  readonly from: ClipStore;
  readonly to: ClipStore;
  /** On a local disk; a folder in it is used and removed. */
  readonly workFolder: string;
};

/** `gone`: it was removed since it was listed, so that nothing refers to it. */
type Copied = 'copied' | 'alreadyThere' | 'corrupt' | 'gone';

const copyOne = async (
  { from, to }: CopyPlaces,
  { sha256 }: HeldClip,
  path: string,
): Promise<Result<Copied, ProblemOf<'diskFull'>>> => {
  if ((await to.verify(sha256)).ok) return ok('alreadyThere');
  const bytes = await from.open(sha256);
  if (!bytes.ok) return ok('gone');
  await pipeline(bytes.value, createWriteStream(path, { flags: 'w', mode: 0o600 }));
  const put = await to.put(sha256, path);
  if (put.ok) return ok('copied');
  return put.problem.code === 'clipCorrupt' ? ok('corrupt') : { ok: false, problem: put.problem };
};

/**
 * Copies every clip of one store into another, each held against its hash on the way; what stands
 * there whole is not copied again. Nothing is removed. It may be repeated, and both stores may be in
 * use meanwhile. Errors: diskFull.
 */
export const copyClips = async (
  places: CopyPlaces,
): Promise<Result<CopyReport, ProblemOf<'diskFull'>>> => {
  const folder = await mkdtemp(join(places.workFolder, 'copy-'));
  const counts = { copied: 0, alreadyThere: 0, corrupt: 0, gone: 0 };
  let copiedBytes = 0;
  const corrupt: string[] = [];
  try {
    for await (const clip of places.from.list()) {
      const done = await copyOne(places, clip, join(folder, 'clip'));
      if (!done.ok) return done;
      counts[done.value] += 1;
      if (done.value === 'copied') copiedBytes += clip.bytes;
      if (done.value === 'corrupt') corrupt.push(clip.sha256);
    }
    const { copied, alreadyThere } = counts;
    return ok({ copied, copiedBytes, alreadyThere, corrupt });
  } catch (error) {
    if (isDiskFull(error)) return refuse({ code: 'diskFull', path: places.workFolder });
    throw error;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};
