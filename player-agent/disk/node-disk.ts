import { mkdir, readdir, readFile, rename, rm, stat, statfs } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { syncFolder, writeFileDurably } from '#runtime/durable-file.ts';
import { ok } from '#schemas/result.ts';
import type { Disk, DiskEntry } from '../ports/disk.ts';
import { isMissing, refuseWhenFull } from './disk-problem.ts';
import { openDiskFile } from './node-disk-file.ts';

/** Files of the speaker can be read by the agent alone. */
const FILE_MODE = 0o600;

/** The disk of this machine. */
export const nodeDisk: Disk = {
  read: async (path) => {
    try {
      return await readFile(path);
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  },
  write: async (path, bytes) => {
    try {
      await writeFileDurably(path, bytes, FILE_MODE);
      return ok(undefined);
    } catch (error) {
      return refuseWhenFull(error, path);
    }
  },
  open: async (path) => {
    await mkdir(dirname(path), { recursive: true });
    const file = await openDiskFile(path, FILE_MODE);
    await syncFolder(dirname(path));
    return file;
  },
  rename: async (from, to) => {
    await mkdir(dirname(to), { recursive: true });
    await rename(from, to);
    await syncFolder(dirname(to));
  },
  remove: async (path) => {
    await rm(path, { force: true });
    await syncFolder(dirname(path)).catch((error: unknown) => {
      if (!isMissing(error)) throw error;
    });
  },
  list: (folder) => listFolder(folder),
  space: async (path) => {
    const found = await statfs(path);
    return { freeBytes: found.bavail * found.bsize, totalBytes: found.blocks * found.bsize };
  },
};

const listFolder = async (folder: string): Promise<readonly DiskEntry[]> => {
  try {
    const names = await readdir(folder);
    return await Promise.all(
      names.map(async (name) => {
        const found = await stat(join(folder, name));
        return { name, bytes: found.size, modifiedMs: found.mtimeMs };
      }),
    );
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
};
