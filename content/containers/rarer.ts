import type { ByteSource } from './byte-source.ts';

/** Which bytes a container begins with, from `at` on, and the one ffmpeg demuxer that opens it. */
type Rare = { readonly demuxer: string; readonly text: string; readonly at?: number };

/** What is seldom brought, has a beginning that nothing else has, and names no other file. */
const RARE: readonly Rare[] = [
  { demuxer: 'ape', text: 'MAC ' },
  { demuxer: 'mpc', text: 'MP+' },
  { demuxer: 'mpc8', text: 'MPCK' },
  { demuxer: 'tak', text: 'tBaK' },
  { demuxer: 'shn', text: 'ajkg' },
  { demuxer: 'dsf', text: 'DSD ' },
  { demuxer: 'truehd', text: '\xf8\x72\x6f\xba', at: 4 },
  { demuxer: 'mlp', text: '\xf8\x72\x6f\xbb', at: 4 },
  // Dictation machines, minidiscs and telephones of old.
  { demuxer: 'dss', text: '\x02dss' },
  { demuxer: 'dss', text: '\x03ds2' },
  { demuxer: 'oma', text: 'ea3\x03' },
  { demuxer: 'oma', text: 'EA3\x01' },
  { demuxer: 'qcp', text: 'QLCM', at: 8 },
  // Television.
  { demuxer: 'wtv', text: '\xb7\xd8\x00\x20\x37\x49\xda\x11\xa6\x4e\x00\x07\xe9\x5e\xad\x8d' },
  { demuxer: 'mxf', text: '\x06\x0e\x2b\x34\x02\x05\x01\x01\x0d\x01\x02\x01\x01\x02' },
];

const HEAD_BYTES = 600;
const TS_SYNC = 0x47;
/** A camera's packets of a broadcast have four bytes before each. */
const M2TS_PACKET_BYTES = 192;
const M2TS_SYNC_AT = 4;

const isM2ts = (head: Buffer): boolean =>
  [0, 1, 2].every((packet) => head[M2TS_SYNC_AT + packet * M2TS_PACKET_BYTES] === TS_SYNC);

/** AAC as broadcasters frame it: eleven bits, and the next frame where its length says. */
const isLoas = (head: Buffer): boolean => {
  const isSync = (at: number): boolean =>
    at + 1 < head.length && (head.readUInt16BE(at) & 0xffe0) === 0x56e0;
  return isSync(0) && head.length > 2 && isSync(3 + (head.readUInt16BE(1) & 0x1fff));
};

/** The demuxer for a container that is seldom brought; null when it is none of those. */
export const rarerDemuxer = async (source: ByteSource): Promise<string | null> => {
  const head = await source.read(0, HEAD_BYTES);
  const found = RARE.find(
    ({ text, at = 0 }) => head.toString('latin1', at, at + text.length) === text,
  );
  if (found !== undefined) return found.demuxer;
  if (isM2ts(head)) return 'mpegts';
  return isLoas(head) ? 'loas' : null;
};
