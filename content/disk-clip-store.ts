import { createReadStream } from 'node:fs';
import { copyFile, mkdir, mkdtemp, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { syncFolder } from '#runtime/durable-file.ts';
import { type Sha256, sha256Schema } from '#schemas/primitives.ts';
import { ok, refuse } from '#schemas/result.ts';
import { isDiskFull } from './disk-full.ts';
import { hashStream } from './hash-file.ts';
import type { ClipStore, HeldClip } from './ports.ts';

const INCOMING = 'incoming';

const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ENOENT';

const missing = (sha256: Sha256) => refuse({ code: 'clipMissing' as const, sha256 });

const syncFile = async (path: string): Promise<void> => {
  const file = await open(path, 'r+');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
};

/** Folders that are new get a durable name too. */
const makeFolder = async (folder: string): Promise<void> => {
  const made = await mkdir(folder, { recursive: true });
  if (made) await syncFolder(dirname(made));
};

type Copy = { readonly sha256: Sha256; readonly from: string; readonly to: string };

const copyIn = async (root: string, copy: Copy): ReturnType<ClipStore['put']> => {
  const folder = await mkdtemp(join(root, INCOMING, 'clip-'));
  try {
    const part = join(folder, copy.sha256);
    await copyFile(copy.from, part);
    await syncFile(part);
    if ((await hashStream(createReadStream(part))) !== copy.sha256) {
      return refuse({ code: 'clipCorrupt', sha256: copy.sha256 });
    }
    await makeFolder(dirname(copy.to));
    await rename(part, copy.to);
    await syncFolder(dirname(copy.to));
    return ok(undefined);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

/** The value of `read`, or clipMissing when there is no such file. */
const ifThere = async <T>(sha256: Sha256, read: () => Promise<T>) => {
  try {
    return ok(await read());
  } catch (error) {
    if (isMissing(error)) return missing(sha256);
    throw error;
  }
};

const verifyFile = async (
  path: string,
  sha256: Sha256,
): Promise<Awaited<ReturnType<ClipStore['verify']>>> => {
  const found = await ifThere(sha256, () => hashStream(createReadStream(path)));
  if (!found.ok) return found;
  return found.value === sha256 ? ok(undefined) : refuse({ code: 'clipCorrupt', sha256 });
};

/** Where the store in the folder `root` keeps that clip, if it has it. */
export const clipPath = (root: string, sha256: Sha256): string =>
  join(root, sha256.slice(0, 2), sha256);

/** The clips in the folders of `root`; one that goes meanwhile is passed over. */
async function* listFiles(root: string): AsyncGenerator<HeldClip> {
  for (const entry of await readdir(root, { withFileTypes: true })) {
    if (!entry.isDirectory() || entry.name === INCOMING) continue;
    for (const name of await readdir(join(root, entry.name))) {
      if (!sha256Schema.safeParse(name).success) continue;
      const found = await ifThere(name, () => stat(join(root, entry.name, name)));
      if (!found.ok) continue;
      yield { sha256: name, bytes: found.value.size, changedMs: Math.floor(found.value.mtimeMs) };
    }
  }
}

/**
 * The clip store in the folder `root` beside the one process that it belongs to; what that one has
 * under way is left alone.
 */
export const openDiskClipStore = (root: string): ClipStore => {
  const pathOf = (sha256: Sha256) => clipPath(root, sha256);
  const size = (sha256: Sha256) => ifThere(sha256, async () => (await stat(pathOf(sha256))).size);
  return {
    put: async (sha256, path) => {
      try {
        return await copyIn(root, { sha256, from: path, to: pathOf(sha256) });
      } catch (error) {
        if (isDiskFull(error)) return refuse({ code: 'diskFull', path: root });
        throw error;
      }
    },
    has: async (sha256) => (await size(sha256)).ok,
    size,
    open: (sha256, range) =>
      ifThere(sha256, async () => {
        const file = await open(pathOf(sha256), 'r');
        return file.createReadStream(range && { start: range.from, end: range.to - 1 });
      }),
    link: async () => null,
    verify: (sha256) => verifyFile(pathOf(sha256), sha256),
    remove: async (sha256) => rm(pathOf(sha256), { force: true }),
    list: () => listFiles(root),
  };
};

/**
 * A clip store in the folder `root`, which belongs to it alone: `root/ab/abcdef…`. What a killed
 * process had not finished is removed here.
 */
export const createDiskClipStore = async (root: string): Promise<ClipStore> => {
  await rm(join(root, INCOMING), { recursive: true, force: true });
  await makeFolder(join(root, INCOMING));
  return openDiskClipStore(root);
};
