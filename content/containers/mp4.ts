import type { ByteSource } from './byte-source.ts';
import type { Container } from './container.ts';

/** A fragmented hour in two-second pieces has 3,600 boxes. */
const MAX_BOXES = 20_000;
const BOX_HEADER_BYTES = 16;

/** The length of the box at `offset`; null when its header itself is cut. */
const readBox = async (source: ByteSource, offset: number) => {
  const header = await source.read(offset, BOX_HEADER_BYTES);
  if (header.length < 8) return null;
  const type = header.toString('latin1', 4, 8);
  const short = header.readUInt32BE(0);
  if (short === 0) return { type, bytes: source.size - offset };
  if (short !== 1) return { type, bytes: short };
  return header.length < 16 ? null : { type, bytes: Number(header.readBigUInt64BE(8)) };
};

/**
 * Reads the top-level boxes of an MP4, M4A, 3GP or QuickTime file. Cut when a box reaches past the
 * end of the file, or when there is no `moov` (a recorder that died before writing it).
 * Source: ISO/IEC 14496-12, 4.2.
 */
export const readMp4 = async (source: ByteSource): Promise<Container> => {
  let hasMovie = false;
  let offset = 0;
  for (let seen = 0; seen < MAX_BOXES && offset < source.size; seen += 1) {
    const box = await readBox(source, offset);
    if (!box || box.bytes < 8) break;
    hasMovie ||= box.type === 'moov';
    offset += box.bytes;
  }
  return { demuxer: 'mov', cut: !hasMovie || offset > source.size, expectedMs: null };
};
