import type { ProblemOf } from '#schemas/problem.ts';
import type { Result } from '#schemas/result.ts';

export type DiskFull = ProblemOf<'diskFull'>;

/** A file that only grows at its end, or is cut. */
export interface DiskFile {
  /** Its length in bytes. */
  size(): number;
  /** Puts bytes at the end; when they do not all fit, none of them stay. Errors: diskFull. */
  append(bytes: Uint8Array): Promise<Result<void, DiskFull>>;
  /** Resolves when what was appended survives a power cut. Errors: diskFull. */
  sync(): Promise<Result<void, DiskFull>>;
  /** The bytes `[offset, offset + length)`, fewer at the end of the file. */
  read(offset: number, length: number): Promise<Uint8Array>;
  /** Cuts the file to `size` bytes, durably. */
  truncate(size: number): Promise<void>;
  close(): Promise<void>;
}

/** A name in a folder. */
export interface DiskEntry {
  readonly name: string;
  readonly bytes: number;
  /** When it was last written, in epoch milliseconds by the system's wall clock. */
  readonly modifiedMs: number;
}

/**
 * The speaker's own disk. Paths are absolute; folders are made as needed. What is broken beyond a
 * full disk is thrown.
 */
export interface Disk {
  /** The whole file; undefined when there is none. */
  read(path: string): Promise<Uint8Array | undefined>;
  /** The file holds the old bytes or the new after a power cut, never a mixture. Errors: diskFull. */
  write(path: string, bytes: Uint8Array | string): Promise<Result<void, DiskFull>>;
  /** Opens a file to grow, making it when there is none. */
  open(path: string): Promise<DiskFile>;
  /** Gives a file its final name, durably. */
  rename(from: string, to: string): Promise<void>;
  /** Takes a file away, durably; there need not be one. */
  remove(path: string): Promise<void>;
  /** The files of a folder; empty when there is none. */
  list(folder: string): Promise<readonly DiskEntry[]>;
  /** Room on the disk that holds the path. */
  space(path: string): Promise<{ readonly freeBytes: number; readonly totalBytes: number }>;
}
