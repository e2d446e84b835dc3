import { open, readdir, rm, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import type { ServerPorts } from '../ports/server-ports.ts';

type Place = Pick<ServerPorts, 'uploadFolder'>;

/** Where the bytes of an upload are kept; `id` is one that the server made. */
export const uploadPath = ({ uploadFolder }: Place, id: string): string => join(uploadFolder, id);

const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ENOENT';

/** How many bytes of an upload are here; undefined when it has no file. */
export const receivedBytes = async (place: Place, id: string): Promise<number | undefined> => {
  try {
    return (await stat(uploadPath(place, id))).size;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
};

/** When the last bytes of an upload came, in Unix milliseconds; undefined when it has no file. */
export const lastReceivedMs = async (place: Place, id: string): Promise<number | undefined> => {
  try {
    return (await stat(uploadPath(place, id))).mtimeMs;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
};

/** Makes what has been received survive a power cut. */
export const syncUploadFile = async (place: Place, id: string): Promise<void> => {
  const handle = await open(uploadPath(place, id), 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
};

/** Removes the bytes of an upload; one that has none is no error. */
export const removeUploadFile = (place: Place, id: string): Promise<void> =>
  rm(uploadPath(place, id), { force: true });

/** The ids that have a file. */
export const uploadFileIds = ({ uploadFolder }: Place): Promise<readonly string[]> =>
  readdir(uploadFolder);

/** How many bytes the disk of uploads can still take. */
export const freeBytes = async ({ uploadFolder }: Place): Promise<number> => {
  const { bavail, bsize } = await statfs(uploadFolder);
  return bavail * bsize;
};
