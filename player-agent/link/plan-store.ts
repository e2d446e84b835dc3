import { join } from 'node:path';
import { sha256 } from '#runtime/signing.ts';
import { type Playlist, playlistSchema } from '#schemas/playlist.ts';
import type { Sha256 } from '#schemas/primitives.ts';
import { parseJson } from '../log/record-line.ts';
import type { Disk } from '../ports/disk.ts';

/** The playlists that a speaker was pointed to, on disk and at hand. */
export interface PlanStore {
  documents(): ReadonlyMap<Sha256, Playlist>;
  /** Keeps a document whose hash was checked; false when the disk is full. */
  put(hash: Sha256, playlist: Playlist, bytes: Uint8Array): Promise<boolean>;
  /** Drops everything that is not needed any more, and reads what is needed and on disk. */
  need(hashes: ReadonlySet<Sha256>): Promise<void>;
  /** What is needed and not there. */
  missing(): readonly Sha256[];
}

/** An empty store over a folder; `need` fills it. */
export const createPlanStore = (disk: Disk, folder: string): PlanStore => {
  const documents = new Map<Sha256, Playlist>();
  let needed: ReadonlySet<Sha256> = new Set();
  const pathOf = (hash: Sha256) => join(folder, `${hash}.json`);
  const readBack = async (hash: Sha256) => {
    const bytes = await disk.read(pathOf(hash));
    if (bytes === undefined || sha256(bytes) !== hash) return;
    const parsed = playlistSchema.safeParse(parseJson(bytes));
    if (parsed.success) documents.set(hash, parsed.data);
  };
  return {
    documents: () => documents,
    put: async (hash, playlist, bytes) => {
      if (!needed.has(hash)) return true;
      if (!(await disk.write(pathOf(hash), bytes)).ok) return false;
      documents.set(hash, playlist);
      return true;
    },
    need: async (hashes) => {
      needed = hashes;
      for (const hash of documents.keys()) if (!hashes.has(hash)) documents.delete(hash);
      for (const { name } of await disk.list(folder)) {
        if (!hashes.has(name.replace(/\.json$/, ''))) await disk.remove(join(folder, name));
      }
      for (const hash of hashes) if (!documents.has(hash)) await readBack(hash);
    },
    missing: () => [...needed].filter((hash) => !documents.has(hash)),
  };
};
