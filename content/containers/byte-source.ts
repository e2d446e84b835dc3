import type { FileHandle } from 'node:fs/promises';

/** Random access to the bytes of one file; reads past its end come back shorter. */
export type ByteSource = {
  readonly size: number;
  read(offset: number, length: number): Promise<Buffer>;
};

/** A byte source over an open file of `size` bytes; the caller closes the handle. */
export const fileToByteSource = (file: FileHandle, size: number): ByteSource => ({
  size,
  read: async (offset, length) => {
    const wanted = Math.max(0, Math.min(length, size - offset));
    const { buffer, bytesRead } = await file.read(Buffer.alloc(wanted), 0, wanted, offset);
    return buffer.subarray(0, bytesRead);
  },
});
