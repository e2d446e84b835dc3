import type { ByteSource } from './byte-source.ts';
import type { Container } from './container.ts';
import { readMp3 } from './mp3.ts';
import { readMp4 } from './mp4.ts';
import { readOgg } from './ogg.ts';
import { readWav } from './wav.ts';

const HEAD_BYTES = 16;
const SIZE_AT = 4;
const SIZE_ENDS_AT = 8;

type Signature = {
  readonly matches: (head: Buffer) => boolean;
  readonly read: (source: ByteSource) => Promise<Container>;
};

const hasText = (head: Buffer, text: string, at = 0): boolean =>
  head.toString('latin1', at, at + text.length) === text;

const opaque = (demuxer: string) => async (): Promise<Container> => ({
  demuxer,
  cut: false,
  expectedMs: null,
});

/** A container that says in its fifth to eighth byte how long what follows them is. */
const sized =
  (demuxer: string, claimed: (head: Buffer) => number) =>
  async (source: ByteSource): Promise<Container> => {
    const bytes = claimed(await source.read(0, HEAD_BYTES)) + SIZE_ENDS_AT;
    return { demuxer, cut: bytes > source.size, expectedMs: null };
  };

const isTransportStream = (head: Buffer): boolean => head[0] === 0x47 && (head[3] ?? 0) >> 4 === 1;

const MP4_FIRST_BOXES = ['ftyp', 'moov', 'mdat', 'wide', 'free', 'skip'];

/** Containers by their first bytes; the name of a file counts for nothing. */
const SIGNATURES: readonly Signature[] = [
  {
    matches: (head) =>
      ['RIFF', 'RF64', 'BW64'].some((id) => hasText(head, id)) && hasText(head, 'WAVE', 8),
    read: readWav,
  },
  { matches: (head) => MP4_FIRST_BOXES.some((box) => hasText(head, box, 4)), read: readMp4 },
  { matches: (head) => hasText(head, 'OggS'), read: readOgg },
  { matches: (head) => hasText(head, 'fLaC'), read: opaque('flac') },
  { matches: (head) => hasText(head, '\x1a\x45\xdf\xa3'), read: opaque('matroska') },
  {
    matches: (head) => hasText(head, 'FORM') && hasText(head, 'AIF', 8),
    read: sized('aiff', (head) => head.readUInt32BE(SIZE_AT)),
  },
  {
    matches: (head) => hasText(head, 'RIFF') && hasText(head, 'AVI ', 8),
    read: sized('avi', (head) => head.readUInt32LE(SIZE_AT)),
  },
  { matches: (head) => hasText(head, 'FLV\x01'), read: opaque('flv') },
  { matches: (head) => hasText(head, '\x00\x00\x01\xba'), read: opaque('mpeg') },
  { matches: (head) => hasText(head, 'caff\x00\x01'), read: opaque('caf') },
  { matches: (head) => hasText(head, '.snd'), read: opaque('au') },
  { matches: (head) => hasText(head, 'wvpk'), read: opaque('wv') },
  { matches: (head) => hasText(head, 'riff\x2e\x91\xcf\x11'), read: opaque('w64') },
  { matches: (head) => hasText(head, '#!AMR'), read: opaque('amr') },
  { matches: (head) => hasText(head, '\x30\x26\xb2\x75\x8e\x66\xcf\x11'), read: opaque('asf') },
  {
    matches: (head) => head.length > 1 && (head.readUInt16BE(0) & 0xfff6) === 0xfff0,
    read: opaque('aac'),
  },
  { matches: isTransportStream, read: opaque('mpegts') },
];

/**
 * The container of a file by its bytes alone; null when it is none that may be opened. ffmpeg is
 * never left to guess, so that a playlist named .mp3 opens nothing.
 * Source: PLATFORM.md, files that fool ffmpeg.
 */
export const recogniseContainer = async (source: ByteSource): Promise<Container | null> => {
  const head = await source.read(0, HEAD_BYTES);
  const signature = SIGNATURES.find((candidate) => candidate.matches(head));
  return signature ? signature.read(source) : readMp3(source);
};
