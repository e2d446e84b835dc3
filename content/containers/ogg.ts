import type { ByteSource } from './byte-source.ts';
import type { Container } from './container.ts';
import { isWholePage, lacksOggPage, MAX_OGG_PAGE_BYTES } from './ogg-pages.ts';

const END_OF_STREAM = 0x04;

/** Whether the page at `at` is whole and ends its stream. */
const endsStream = (tail: Buffer, at: number): boolean =>
  isWholePage(tail, at) && (tail.readUInt8(at + 5) & END_OF_STREAM) !== 0;

/**
 * Reads the pages of an Ogg file (Vorbis, Opus, FLAC). Cut when the last one is not whole or lacks
 * the end-of-stream flag, which is all that a cut Ogg lacks; damaged when one is missing before it.
 * Source: RFC 3533, 6.
 */
export const readOgg = async (source: ByteSource): Promise<Container> => {
  const tailBytes = 2 * MAX_OGG_PAGE_BYTES;
  const tail = await source.read(Math.max(0, source.size - tailBytes), tailBytes);
  const lastPageAt = tail.lastIndexOf('OggS');
  const cut = lastPageAt < 0 || !endsStream(tail, lastPageAt);
  const damaged = !cut && (await lacksOggPage(source));
  return { demuxer: 'ogg', cut, damaged, expectedMs: null };
};
