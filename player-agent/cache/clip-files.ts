import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { ClipReference } from '#schemas/playlist.ts';
import type { Sha256 } from '#schemas/primitives.ts';
import type { Disk } from '../ports/disk.ts';

const CHUNK_BYTES = 262_144;

/** The clips on the speaker's disk, named by their hash; `.part` is what has come so far. */
export interface ClipFiles {
  readonly folder: string;
  pathOf(sha256: Sha256): string;
  partOf(sha256: Sha256): string;
  /** Whether the file's bytes are the clip's; reads all of them. */
  isWhole(clip: ClipReference): Promise<boolean>;
}

/** Clip files in a folder. */
export const createClipFiles = (disk: Disk, folder: string): ClipFiles => {
  const pathOf = (sha256: Sha256) => join(folder, `${sha256}.clip`);
  return {
    folder,
    pathOf,
    partOf: (sha256) => join(folder, `${sha256}.part`),
    isWhole: async (clip) => {
      const file = await disk.open(pathOf(clip.sha256));
      try {
        if (file.size() !== clip.bytes) return false;
        const hash = createHash('sha256');
        for (let offset = 0; offset < clip.bytes; offset += CHUNK_BYTES) {
          hash.update(await file.read(offset, CHUNK_BYTES));
        }
        return hash.digest('hex') === clip.sha256;
      } finally {
        await file.close();
      }
    },
  };
};
