import type { FileHandle } from 'node:fs/promises';
import { ok } from '#schemas/result.ts';
import type { DiskFile } from '../ports/disk.ts';
import { refuseWhenFull } from './disk-problem.ts';

/** A growing file over an open handle; it takes the handle over. */
export const openDiskFile = async (handle: FileHandle, path: string): Promise<DiskFile> => {
  let size = (await handle.stat()).size;
  return {
    size: () => size,
    append: async (bytes) => {
      try {
        await writeAll(handle, bytes);
        size += bytes.length;
        return ok(undefined);
      } catch (error) {
        await handle.truncate(size);
        return refuseWhenFull(error, path);
      }
    },
    sync: async () => {
      try {
        await handle.datasync();
        return ok(undefined);
      } catch (error) {
        return refuseWhenFull(error, path);
      }
    },
    read: async (offset, length) => {
      const buffer = Buffer.alloc(Math.max(0, Math.min(length, size - offset)));
      const { bytesRead } = await handle.read(buffer, 0, buffer.length, offset);
      return buffer.subarray(0, bytesRead);
    },
    truncate: async (toSize) => {
      await handle.truncate(toSize);
      await handle.sync();
      size = toSize;
    },
    close: () => handle.close(),
  };
};

const writeAll = async (handle: FileHandle, bytes: Uint8Array): Promise<void> => {
  let written = 0;
  while (written < bytes.length) {
    written += (await handle.write(bytes, written)).bytesWritten;
  }
};
