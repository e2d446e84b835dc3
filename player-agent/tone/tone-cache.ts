import { join } from 'node:path';
import type { ClipCache } from '../cache/clip-cache.ts';
import type { Disk } from '../ports/disk.ts';
import type { TestTone } from './test-tone.ts';

type Cache = Pick<ClipCache, 'has' | 'verified'>;

/** The cache, which also has the test tone: it is written when it is asked for, and fetched nowhere. */
export const withTone = (
  cache: Cache,
  tone: TestTone,
  { disk, folder }: { readonly disk: Disk; readonly folder: string },
): Cache => ({
  has: (sha256) => sha256 === tone.clip.sha256 || cache.has(sha256),
  verified: async (clip) => {
    if (clip.sha256 !== tone.clip.sha256) return cache.verified(clip);
    const path = join(folder, 'test-tone.wav');
    return (await disk.write(path, tone.bytes)).ok ? path : undefined;
  },
});
