import type { ByteSource } from './byte-source.ts';
import type { Container } from './container.ts';

const PAGE_HEADER_BYTES = 27;
const MAX_PAGE_BYTES = PAGE_HEADER_BYTES + 255 + 255 * 255;
const END_OF_STREAM = 0x04;

/** Whether the page at `at` is whole and ends its stream. */
const endsStream = (tail: Buffer, at: number): boolean => {
  if (at + PAGE_HEADER_BYTES > tail.length) return false;
  const segments = tail.readUInt8(at + 26);
  const table = tail.subarray(at + PAGE_HEADER_BYTES, at + PAGE_HEADER_BYTES + segments);
  const bodyBytes = table.reduce((sum, lacing) => sum + lacing, 0);
  const isWhole = at + PAGE_HEADER_BYTES + segments + bodyBytes <= tail.length;
  return isWhole && (tail.readUInt8(at + 5) & END_OF_STREAM) !== 0;
};

/**
 * Reads the last page of an Ogg file (Vorbis, Opus, FLAC). Cut when that page is not whole or lacks
 * the end-of-stream flag, which is all that a cut Ogg lacks. Source: RFC 3533, 6.
 */
export const readOgg = async (source: ByteSource): Promise<Container> => {
  const tail = await source.read(Math.max(0, source.size - 2 * MAX_PAGE_BYTES), 2 * MAX_PAGE_BYTES);
  const lastPageAt = tail.lastIndexOf('OggS');
  const cut = lastPageAt < 0 || !endsStream(tail, lastPageAt);
  return { demuxer: 'ogg', cut, expectedMs: null };
};
