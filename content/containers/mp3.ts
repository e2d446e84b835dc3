import type { ByteSource } from './byte-source.ts';
import type { Container } from './container.ts';
import { type MpegFrame, readMpegFrame } from './mpeg-frame.ts';

const ID3_HEADER_BYTES = 10;
const MAX_ID3_TAGS = 8;
/** A stream joined in its middle starts with less than one frame that belongs to nobody. */
const MAX_FOREIGN_BYTES = 2048;
const HEAD_BYTES = 8192;
const VBRI_AT = 36;
const UNKNOWN: Container = { demuxer: 'mp3', cut: false, expectedMs: null };

/** What begins so is another file with sound behind it: pages, PDF, archives, pictures, programs. */
const FOREIGN = [
  '<',
  '%PDF',
  'PK\x03\x04',
  'Rar!',
  '\x89PNG',
  '\xff\xd8\xff',
  'GIF8',
  'MZ\x90',
  '\x7fELF',
];

/**
 * The offset behind all leading ID3v2 tags, which stand before other sound, too. Source: id3.org,
 * ID3v2.4, 3.1.
 */
export const skipId3 = async (source: ByteSource): Promise<number> => {
  let offset = 0;
  for (let seen = 0; seen < MAX_ID3_TAGS; seen += 1) {
    const header = await source.read(offset, ID3_HEADER_BYTES);
    if (header.length < ID3_HEADER_BYTES || header.toString('latin1', 0, 3) !== 'ID3') break;
    const size = header.subarray(6).reduce((sum, byte) => sum * 128 + (byte & 127), 0);
    offset += ID3_HEADER_BYTES + size;
  }
  return offset;
};

const isFollowed = (head: Buffer, at: number, frame: MpegFrame): boolean =>
  readMpegFrame(head, at + frame.bytes) !== null || at + frame.bytes >= head.length;

const isForeign = (beginning: string): boolean =>
  FOREIGN.some((signature) => beginning.startsWith(signature));

/** Where the first two frames in a row stand, unless text or too much else comes before them. */
const findFirstFrame = (head: Buffer): { at: number; frame: MpegFrame } | null => {
  const start = head.findIndex((byte) => byte !== 0);
  if (start < 0 || isForeign(head.toString('latin1', start, start + 4))) return null;
  for (let at = start; at < Math.min(start + MAX_FOREIGN_BYTES, head.length); at += 1) {
    const frame = readMpegFrame(head, at);
    if (frame && isFollowed(head, at, frame)) return { at, frame };
  }
  return null;
};

type Promised = { frames: number | null; bytes: number | null };

const readXing = (head: Buffer, at: number): Promised | null => {
  if (at + 16 > head.length) return null;
  const name = head.toString('latin1', at, at + 4);
  if (name !== 'Xing' && name !== 'Info') return null;
  const flags = head.readUInt32BE(at + 4);
  const frames = flags & 1 ? head.readUInt32BE(at + 8) : null;
  const bytes = flags & 2 ? head.readUInt32BE(at + (flags & 1 ? 12 : 8)) : null;
  return { frames, bytes };
};

const readVbri = (head: Buffer, at: number): Promised | null => {
  if (at + 18 > head.length || head.toString('latin1', at, at + 4) !== 'VBRI') return null;
  return { bytes: head.readUInt32BE(at + 10), frames: head.readUInt32BE(at + 14) };
};

/**
 * Reads the head of an MPEG audio file; null when no two frames in a row stand where they must, so
 * that text or a page with audio behind it is not taken for audio. Cut when a Xing, Info or VBRI tag
 * counts no frames and promises more bytes than there are: some that count frames count tags among the
 * bytes. Source: the Xing and VBRI headers as LAME and Fraunhofer write.
 */
export const readMp3 = async (source: ByteSource): Promise<Container | null> => {
  const audioAt = await skipId3(source);
  const head = await source.read(audioAt, HEAD_BYTES);
  const first = findFirstFrame(head);
  if (!first) return null;
  const { at, frame } = first;
  const promised = readXing(head, at + frame.tagAt) ?? readVbri(head, at + VBRI_AT);
  if (!promised) return UNKNOWN;
  const lacksBytes = promised.bytes !== null && audioAt + at + promised.bytes > source.size;
  const cut = lacksBytes && !promised.frames;
  const frameMs = (frame.samples / frame.sampleRateHz) * 1000;
  return { demuxer: 'mp3', cut, expectedMs: promised.frames ? promised.frames * frameMs : null };
};
