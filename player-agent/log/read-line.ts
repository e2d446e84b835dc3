import type { DiskFile } from '../ports/disk.ts';
import { MAX_LINE_BYTES } from './record-line.ts';

const CHUNK_BYTES = 8_192;
const LINE_FEED = 10;

/** A line of a file. */
export interface Line {
  readonly fromBytes: number;
  /** Behind its line feed. */
  readonly toBytes: number;
  /** Without the line feed; empty when it is longer than any record. */
  readonly bytes: Uint8Array;
}

/** The line that begins at the offset; undefined when none ends behind it. */
export const readLine = async (file: DiskFile, fromBytes: number): Promise<Line | undefined> => {
  let bytes: Uint8Array = new Uint8Array();
  let isTooLong = false;
  for (let offset = fromBytes; ; ) {
    const chunk = await file.read(offset, CHUNK_BYTES);
    if (chunk.length === 0) return undefined;
    const end = chunk.indexOf(LINE_FEED);
    const more = end < 0 ? chunk : chunk.subarray(0, end);
    isTooLong ||= bytes.length + more.length >= MAX_LINE_BYTES;
    bytes = isTooLong ? new Uint8Array() : Buffer.concat([bytes, more]);
    if (end >= 0) return { fromBytes, toBytes: offset + end + 1, bytes };
    offset += chunk.length;
  }
};

/** The start of the first line at or after the offset. */
export const lineStartFrom = async (file: DiskFile, offset: number): Promise<number> => {
  if (offset === 0) return 0;
  const rest = await readLine(file, offset - 1);
  return rest?.toBytes ?? file.size();
};
