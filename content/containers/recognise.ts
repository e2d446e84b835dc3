import type { ByteSource } from './byte-source.ts';
import type { Container } from './container.ts';
import { readMp3, skipId3 } from './mp3.ts';
import { readMp4 } from './mp4.ts';
import { readOgg } from './ogg.ts';
import { asfEnd, cafEnd, flvEnd, formEnd, type PromisedEnd, wave64End } from './promised-end.ts';
import { rarerDemuxer } from './rarer.ts';
import { readWav } from './wav.ts';

const HEAD_BYTES = 16;

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

/** A container that says by itself where it ends. */
const ending =
  (demuxer: string, endOf: PromisedEnd) =>
  async (source: ByteSource): Promise<Container> => {
    const end = await endOf(source);
    return { demuxer, cut: end !== null && end > source.size, expectedMs: null };
  };

const isTransportStream = (head: Buffer): boolean => head[0] === 0x47 && (head[3] ?? 0) >> 4 === 1;

/** Dolby's sound without a container; newer streams name themselves in five bits of the sixth byte. */
const DOLBY_SYNC = '\x0b\x77';
const NEWER_DOLBY_FROM = 11;
const isNewerDolby = (head: Buffer): boolean => (head[5] ?? 0) >> 3 >= NEWER_DOLBY_FROM;

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
    read: ending('aiff', formEnd('big')),
  },
  {
    matches: (head) => hasText(head, 'RIFF') && hasText(head, 'AVI ', 8),
    read: ending('avi', formEnd('little')),
  },
  { matches: (head) => hasText(head, 'FLV\x01'), read: ending('flv', flvEnd) },
  { matches: (head) => hasText(head, '\x00\x00\x01\xba'), read: opaque('mpeg') },
  { matches: (head) => hasText(head, 'caff\x00\x01'), read: ending('caf', cafEnd) },
  { matches: (head) => hasText(head, '.snd'), read: opaque('au') },
  { matches: (head) => hasText(head, 'wvpk'), read: opaque('wv') },
  { matches: (head) => hasText(head, 'riff\x2e\x91\xcf\x11'), read: ending('w64', wave64End) },
  { matches: (head) => hasText(head, 'TTA1'), read: opaque('tta') },
  { matches: (head) => hasText(head, 'Creative Voice F'), read: opaque('voc') },
  { matches: (head) => hasText(head, '\x7f\xfe\x80\x01'), read: opaque('dts') },
  {
    matches: (head) => hasText(head, DOLBY_SYNC) && isNewerDolby(head),
    read: opaque('eac3'),
  },
  { matches: (head) => hasText(head, DOLBY_SYNC), read: opaque('ac3') },
  { matches: (head) => hasText(head, '#!AMR'), read: opaque('amr') },
  {
    matches: (head) => hasText(head, '\x30\x26\xb2\x75\x8e\x66\xcf\x11'),
    read: ending('asf', asfEnd),
  },
  {
    matches: (head) => head.length > 1 && (head.readUInt16BE(0) & 0xfff6) === 0xfff0,
    read: opaque('aac'),
  },
  { matches: isTransportStream, read: opaque('mpegts') },
];

/** Sound that some programs write the tags of an MP3 before. */
const TAGGED: readonly (readonly [demuxer: string, text: string])[] = [
  ['flac', 'fLaC'],
  ['tta', 'TTA1'],
  ['wv', 'wvpk'],
  ['ape', 'MAC '],
  ['aac', '\xff\xf1'],
  ['aac', '\xff\xf9'],
];

const readTagged = async (source: ByteSource): Promise<Container | null> => {
  const at = await skipId3(source);
  if (at === 0) return null;
  const head = await source.read(at, HEAD_BYTES);
  const found = TAGGED.find(([, text]) => hasText(head, text));
  return found === undefined ? null : opaque(found[0])();
};

const readRarer = async (source: ByteSource): Promise<Container | null> => {
  const demuxer = await rarerDemuxer(source);
  return demuxer === null ? null : opaque(demuxer)();
};

/**
 * The container of a file by its bytes alone; null when it is none that may be opened. ffmpeg is
 * never left to guess, so that a playlist named .mp3 opens nothing.
 * Source: PLATFORM.md, files that fool ffmpeg.
 */
export const recogniseContainer = async (source: ByteSource): Promise<Container | null> => {
  const head = await source.read(0, HEAD_BYTES);
  const signature = SIGNATURES.find((candidate) => candidate.matches(head));
  if (signature) return signature.read(source);
  return (await readRarer(source)) ?? (await readTagged(source)) ?? readMp3(source);
};
