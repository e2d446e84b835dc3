import { createReadStream } from 'node:fs';
import { withoutByteOrderMark } from './byte-order-mark.ts';

const LINE_FEED = 0x0a;

/**
 * The lines of a file as UTF-8, one by one, however big the file is: never more is held than one
 * piece of it and one line. A line of more than `maxBytes` is given as null. A byte order mark is no
 * part of the first line. Throws what reading the file throws.
 */
export async function* readLines(path: string, maxBytes: number): AsyncGenerator<string | null> {
  const line = createLine(maxBytes);
  for await (const piece of createReadStream(path)) {
    const bytes: Buffer = piece;
    let from = 0;
    for (let to = bytes.indexOf(LINE_FEED); to >= 0; to = bytes.indexOf(LINE_FEED, from)) {
      line.add(bytes.subarray(from, to));
      yield line.end();
      from = to + 1;
    }
    line.add(bytes.subarray(from));
  }
  if (line.isBegun()) yield line.end();
}

/** Each line in the making; the bytes of one that is too long are let go. */
const createLine = (maxBytes: number) => {
  let parts: Buffer[] = [];
  let bytes = 0;
  let isFirst = true;
  return {
    add: (part: Buffer): void => {
      bytes += part.length;
      if (bytes > maxBytes) parts = [];
      else if (part.length > 0) parts.push(part);
    },
    isBegun: () => bytes > 0,
    end: (): string | null => {
      const text = bytes > maxBytes ? null : Buffer.concat(parts).toString('utf8');
      const line = text !== null && isFirst ? withoutByteOrderMark(text) : text;
      parts = [];
      bytes = 0;
      isFirst = false;
      return line;
    },
  };
};
