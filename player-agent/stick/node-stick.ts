import type { Dirent } from 'node:fs';
import { constants, lstat, open, opendir, rename, rm, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { syncFolder } from '#runtime/durable-file.ts';
import { BUNDLE_SUFFIX } from '#schemas/bundle.ts';
import type { Stick, StickFile, StickReader } from '../ports/stick.ts';

/** How many names of a folder are looked at, how many sticks, and how many bundles in all. */
const MAX_NAMES = 256;
const MAX_STICKS = 8;
const MAX_BUNDLES = 8;
const { O_RDONLY, O_WRONLY, O_CREAT, O_EXCL, O_NOFOLLOW, O_NONBLOCK } = constants;

/** Sticks that the system mounts at this folder, or in folders right below it. */
export const nodeStick = (root: string): Stick => ({
  bundles: async () => {
    const names = await namesIn(root);
    const mounts = names.filter((name) => name.isDirectory()).slice(0, MAX_STICKS);
    const found: StickFile[] = [];
    for (const folder of [root, ...mounts.map(({ name }) => join(root, name))]) {
      const inside = folder === root ? names : await namesIn(folder);
      for (const name of inside) found.push(...(await bundleAt(folder, name)));
    }
    return found.slice(0, MAX_BUNDLES);
  },
  open: (file) => orUndefined(() => openReader(file)),
  freeBytes: async (folder) => {
    const found = await orUndefined(() => statfs(folder));
    return found === undefined ? 0 : found.bavail * found.bsize;
  },
  write: async (folder, name, parts) => {
    const temporary = join(folder, `${name}.part`);
    const written = await orUndefined(async () => {
      await writeNew(temporary, parts);
      await rename(temporary, join(folder, name));
      await syncFolder(folder);
      return true;
    });
    if (written === undefined) await orUndefined(() => rm(temporary, { force: true }));
    return written ?? false;
  },
});

/** What the stick gives; whatever it throws means that it is gone or broken. */
const orUndefined = async <T>(work: () => Promise<T>): Promise<T | undefined> => {
  try {
    return await work();
  } catch {
    // Pulled out, broken, or not ours to read: the same to whoever asked.
    return undefined;
  }
};

const namesIn = async (folder: string): Promise<readonly Dirent[]> => {
  const names: Dirent[] = [];
  await orUndefined(async () => {
    for await (const name of await opendir(folder)) {
      names.push(name);
      if (names.length >= MAX_NAMES) break;
    }
  });
  return names.toSorted((a, b) => (a.name < b.name ? -1 : 1));
};

const bundleAt = async (folder: string, name: Dirent): Promise<readonly StickFile[]> => {
  if (!name.isFile() || !name.name.endsWith(BUNDLE_SUFFIX)) return [];
  const path = join(folder, name.name);
  const found = await orUndefined(() => lstat(path));
  if (found === undefined) return [];
  const mark = [found.dev, found.ino, found.size, found.mtimeMs].join(' ');
  return [{ folder, path, mark }];
};

const openReader = async ({ path }: StickFile): Promise<StickReader | undefined> => {
  const handle = await open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
  const found = await handle.stat();
  if (!found.isFile()) {
    await handle.close();
    return undefined;
  }
  return {
    bytes: found.size,
    read: (offset, length) =>
      orUndefined(async () => {
        const bytes = Buffer.alloc(length);
        let read = 0;
        while (read < length) {
          const { bytesRead } = await handle.read(bytes, read, length - read, offset + read);
          if (bytesRead === 0) return undefined;
          read += bytesRead;
        }
        return bytes;
      }),
    close: async () => {
      await orUndefined(() => handle.close());
    },
  };
};

/** A file that was not there before, so that no link leads the bytes elsewhere. */
const writeNew = async (path: string, parts: AsyncIterable<Uint8Array>): Promise<void> => {
  await rm(path, { force: true });
  const handle = await open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0o644);
  try {
    for await (const part of parts) await handle.writeFile(part);
    await handle.sync();
  } finally {
    await handle.close();
  }
};
