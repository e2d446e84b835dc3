import * as fs from 'node:fs';
import { promisify } from 'node:util';
import { ok } from '#schemas/result.ts';
import type { DiskFile } from '../ports/disk.ts';
import { refuseWhenFull } from './disk-problem.ts';

// Numbers rather than handles: a run that is given up, as by a power cut in a test, closes nothing.
const open = promisify(fs.open);
const stat = promisify(fs.fstat);
const write = promisify(fs.write);
const read = promisify(fs.read);
const dataSync = promisify(fs.fdatasync);
const sync = promisify(fs.fsync);
const truncate = promisify(fs.ftruncate);
const close = promisify(fs.close);

/** A growing file of this machine; made with `mode` when there is none. */
export const openDiskFile = async (path: string, mode: number): Promise<DiskFile> => {
  const descriptor = await open(path, 'a+', mode);
  let size = (await stat(descriptor)).size;
  return {
    size: () => size,
    append: async (bytes) => {
      try {
        await writeAll(descriptor, bytes);
        size += bytes.length;
        return ok(undefined);
      } catch (error) {
        await truncate(descriptor, size);
        return refuseWhenFull(error, path);
      }
    },
    sync: async () => {
      try {
        await dataSync(descriptor);
        return ok(undefined);
      } catch (error) {
        return refuseWhenFull(error, path);
      }
    },
    read: async (offset, length) => {
      const buffer = Buffer.alloc(Math.max(0, Math.min(length, size - offset)));
      const { bytesRead } = await read(descriptor, buffer, 0, buffer.length, offset);
      return buffer.subarray(0, bytesRead);
    },
    truncate: async (toSize) => {
      await truncate(descriptor, toSize);
      await sync(descriptor);
      size = toSize;
    },
    close: () => close(descriptor),
  };
};

const writeAll = async (descriptor: number, bytes: Uint8Array): Promise<void> => {
  for (let written = 0; written < bytes.length; ) {
    written += (await write(descriptor, bytes.subarray(written))).bytesWritten;
  }
};
