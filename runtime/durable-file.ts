import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Makes the names in a folder survive a power cut, where the system can sync folders. */
export const syncFolder = async (folder: string): Promise<void> => {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
};

/**
 * Writes a file so that after a power cut it holds either the old bytes or the new: temporary file,
 * sync, rename, sync of the folder. `mode` is its rights. Throws what the file system throws and
 * leaves no temporary file then.
 */
export const writeFileDurably = async (
  path: string,
  bytes: Uint8Array | string,
  mode = 0o600,
): Promise<void> => {
  await mkdir(dirname(path), { recursive: true });
  const temporary = `${path}.part`;
  try {
    const handle = await open(temporary, 'w', mode);
    try {
      await handle.writeFile(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  await syncFolder(dirname(path));
};
