import { join } from 'node:path';
import type { ClipReference } from '#schemas/playlist.ts';
import type { Sha256 } from '#schemas/primitives.ts';
import type { Disk, DiskEntry } from '../ports/disk.ts';
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
  /** How much is about to come, in bytes. */
  readonly roomBytes: number;
  /** Greater, the later a clip was needed. */
  readonly rankOf: (sha256: Sha256) => number;
}

/**
 * Takes clips away that no playlist needs, those first that were needed longest ago, until all clips
 * together fit into `maxBytes` and the disk has room, also for what is to come; unfinished parts of such clips go at once. The hashes that went.
 */
export const evictClips = async (input: EvictInput): Promise<readonly Sha256[]> => {
  const { disk, files } = input;
  const entries = await disk.list(files.folder);
  if (entries.length === 0) return [];
  const needed = new Set([...input.needed.map(({ sha256 }) => sha256), input.loading]);
  const idle = entries.filter(({ name }) => !needed.has(hashIn(name)));
  let totalBytes = entries.reduce((sum, { bytes }) => sum + bytes, input.roomBytes);
  let freeBytes = (await disk.space(files.folder)).freeBytes - input.roomBytes;
  const lastNeeded = ({ name }: DiskEntry) => input.rankOf(hashIn(name));
  const gone: Sha256[] = [];
  for (const entry of idle.sort((a, b) => lastNeeded(a) - lastNeeded(b) || byTime(a, b))) {
    const isRoomy = totalBytes <= input.maxBytes && freeBytes >= MIN_FREE_BYTES;
    if (isRoomy && entry.name.endsWith('.clip')) continue;
    await disk.remove(join(files.folder, entry.name));
    totalBytes -= entry.bytes;
    freeBytes += entry.bytes;
    gone.push(hashIn(entry.name));
  }
  return gone;
};

const hashIn = (name: string): Sha256 => name.replace(/\.(clip|part)$/, '');
const byTime = (a: DiskEntry, b: DiskEntry): number => a.modifiedMs - b.modifiedMs;
