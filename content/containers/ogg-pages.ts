import type { ByteSource } from './byte-source.ts';

const CAPTURE = 'OggS';
const HEADER_BYTES = 27;
const FLAGS_AT = 5;
const SERIAL_AT = 14;
const SEQUENCE_AT = 18;
const SEGMENTS_AT = 26;
const BEGINS_STREAM = 0x02;
const ENDS_STREAM = 0x04;
/** More of them beside each other are no recording. */
const MOST_STREAMS = 1000;

/** The most bytes of one page. */
export const MAX_OGG_PAGE_BYTES = HEADER_BYTES + 255 + 255 * 255;
const WINDOW_BYTES = 16 * MAX_OGG_PAGE_BYTES;

/** The bytes of the page at `at`; more than there are where it is not whole. */
const pageBytes = (bytes: Buffer, at: number): number => {
  if (at + HEADER_BYTES > bytes.length) return HEADER_BYTES;
  const segments = bytes.readUInt8(at + SEGMENTS_AT);
  const table = bytes.subarray(at + HEADER_BYTES, at + HEADER_BYTES + segments);
  return table.reduce((sum, lacing) => sum + lacing, HEADER_BYTES + segments);
};

/** Whether the page at `at` is whole. */
export const isWholePage = (bytes: Buffer, at: number): boolean =>
  at + pageBytes(bytes, at) <= bytes.length;

/** Where the whole pages of these bytes begin; what stands between them is passed over. */
function* wholePages(bytes: Buffer): Generator<number> {
  let at = bytes.indexOf(CAPTURE);
  while (at >= 0 && isWholePage(bytes, at)) {
    yield at;
    at = bytes.indexOf(CAPTURE, at + pageBytes(bytes, at));
  }
}

/** Takes in page after page; whether there is a gap before it. */
const createPageCount = () => {
  const lastBySerial = new Map<number, number>();
  return (bytes: Buffer, at: number): boolean => {
    const flags = bytes.readUInt8(at + FLAGS_AT);
    const serial = bytes.readUInt32LE(at + SERIAL_AT);
    const sequence = bytes.readUInt32LE(at + SEQUENCE_AT);
    const last = (flags & BEGINS_STREAM) === 0 ? lastBySerial.get(serial) : undefined;
    if ((flags & ENDS_STREAM) === 0) lastBySerial.set(serial, sequence);
    else lastBySerial.delete(serial);
    return (last !== undefined && sequence > last + 1) || lastBySerial.size > MOST_STREAMS;
  };
};

/**
 * Whether a page is missing within a stream: each counts on from the one before. Streams that follow
 * each other in one file, or stand beside each other, count for themselves; a number that falls back
 * says nothing. Source: RFC 3533, 6 (page sequence number).
 */
export const lacksOggPage = async (source: ByteSource): Promise<boolean> => {
  const isBehindGap = createPageCount();
  for (let at = 0; ; ) {
    const window = await source.read(at, WINDOW_BYTES);
    const first = window.indexOf(CAPTURE);
    let next = first > 0 ? first : Math.max(0, window.length - CAPTURE.length + 1);
    for (const page of wholePages(window)) {
      if (isBehindGap(window, page)) return true;
      next = page + pageBytes(window, page);
    }
    if (at + window.length >= source.size || window.length < MAX_OGG_PAGE_BYTES) return false;
    at += next;
  }
};
