import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDiskClipStore } from '#content/disk-clip-store.ts';
import { createFfmpegAudioTools } from '#content/ffmpeg-audio-tools.ts';
import { ingestClip } from '#content/ingest-clip.ts';
import { systemClock } from '#runtime/clock.ts';
import type { MakingChoices } from '#schemas/making.ts';

/** A folder with a store and a place for work, and everything that ingests need. */
export const createIngestPlace = async (maxClipMs?: number) => {
  const root = await mkdtemp(join(tmpdir(), 'ingest-place-'));
  const storeFolder = join(root, 'clips');
  const workFolder = join(root, 'work');
  const store = await createDiskClipStore(storeFolder);
  const ports = { audio: createFfmpegAudioTools(systemClock(), maxClipMs), store, workFolder };
  const filesIn = async (folder: string): Promise<string[]> => {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    return entries.filter((entry) => entry.isFile()).map((entry) => entry.name);
  };
  return {
    root,
    store,
    storeFolder,
    workFolder,
    path: (name: string) => join(root, name),
    clipPath: (sha256: string) => join(storeFolder, sha256.slice(0, 2), sha256),
    ingest: (path: string, choices?: MakingChoices) =>
      ingestClip(choices === undefined ? ports : { ...ports, choices }, path),
    /** Names of all files that stand in store and work folder. */
    leftovers: async () => [...(await filesIn(storeFolder)), ...(await filesIn(workFolder))],
    remove: () => rm(root, { recursive: true, force: true }),
  };
};

export type IngestPlace = Awaited<ReturnType<typeof createIngestPlace>>;
