import { join } from 'node:path';
import type { ClipReference } from '#schemas/playlist.ts';
import type { Sha256 } from '#schemas/primitives.ts';
import type { Disk } from '../ports/disk.ts';
import type { ClipFiles } from './clip-files.ts';

/** How much of the disk stays free of clips that nothing needs, in bytes. */
export const MIN_FREE_BYTES = 268_435_456;

export interface EvictInput {
  readonly disk: Disk;
  readonly files: ClipFiles;
  readonly needed: readonly ClipReference[];
  /** The clip that is being fetched: its part is left to the download. */
  readonly loading: Sha256 | null;
  readonly maxBytes: number;
}

/**
 * Takes clips away that no playlist needs, the oldest first, until all clips together fit into
 * `maxBytes` and the disk has room; unfinished parts of such clips go at once. The hashes that went.
 */
export const evictClips = async (input: EvictInput): Promise<readonly Sha256[]> => {
  const { disk, files } = input;
  const entries = await disk.list(files.folder);
  if (entries.length === 0) return [];
  const needed = new Set([...input.needed.map(({ sha256 }) => sha256), input.loading]);
  const idle = entries.filter(({ name }) => !needed.has(name.replace(/\.(clip|part)$/, '')));
  let totalBytes = entries.reduce((sum, { bytes }) => sum + bytes, 0);
  let { freeBytes } = await disk.space(files.folder);
  const gone: Sha256[] = [];
  for (const entry of idle.sort((a, b) => a.modifiedMs - b.modifiedMs)) {
    const isRoomy = totalBytes <= input.maxBytes && freeBytes >= MIN_FREE_BYTES;
    if (isRoomy && entry.name.endsWith('.clip')) continue;
    await disk.remove(join(files.folder, entry.name));
    totalBytes -= entry.bytes;
    freeBytes += entry.bytes;
    gone.push(entry.name.replace(/\.(clip|part)$/, ''));
  }
  return gone;
};
