import type { ByteSource } from './byte-source.ts';
import type { Container } from './container.ts';

const MAX_CHUNKS = 1000;
const RIFF_HEADER_BYTES = 12;
const CHUNK_HEADER_BYTES = 8;
const UNKNOWN_SIZE_FROM = 0xffff_ff00;
/** Recorders that write to a pipe claim about 2 GiB, less or more some header. */
const HALF_UNKNOWN_FROM = 0x7fff_0000;
const HALF_UNKNOWN_TO = 0x8000_0100;

/** PCM as integers, as floats, A-law, µ-law, and those that say more of it behind. */
const PLAIN_FORMATS = new Set([0x0001, 0x0003, 0x0006, 0x0007, 0xfffe]);

/** So many bytes more than there are some writers promise, who count their header, or round up. */
const OVERCOUNTED_BYTES = 256;

type Form = { isPlain: boolean; sampleRateHz: number; byteRate: number };
type Chunks = { form: Form | null; samples: number | null; longDataBytes: number | null };

/** Whether a `data` size means that the writer could not go back to fill it in. */
const isStreamedSize = (bytes: number): boolean =>
  bytes === 0 ||
  bytes >= UNKNOWN_SIZE_FROM ||
  (bytes >= HALF_UNKNOWN_FROM && bytes <= HALF_UNKNOWN_TO);

/**
 * How long `bytes` of sound are. Of a compressed one both the rate and the count of samples may be
 * wrong, as converters write them, and mostly too great: the lesser is promised at least.
 */
const dataToMs = ({ form, samples }: Chunks, bytes: number): number | null => {
  if (form === null) return null;
  const { isPlain, sampleRateHz, byteRate } = form;
  const byRateMs = byteRate > 0 ? (bytes / byteRate) * 1000 : null;
  if (isPlain || !samples || sampleRateHz === 0) return byRateMs;
  return Math.min((samples / sampleRateHz) * 1000, byRateMs ?? Number.POSITIVE_INFINITY);
};

const judgeData = (chunks: Chunks, claimed: number, present: number): Container => {
  const size = claimed === 0xffff_ffff ? (chunks.longDataBytes ?? claimed) : claimed;
  if (isStreamedSize(size)) return { demuxer: 'wav', cut: false, expectedMs: null };
  return {
    demuxer: 'wav',
    cut: size > present + OVERCOUNTED_BYTES,
    expectedMs: dataToMs(chunks, size),
  };
};

const noteChunk = (chunks: Chunks, id: string, body: Buffer): void => {
  if (id === 'fmt ' && body.length >= 12) {
    const isPlain = PLAIN_FORMATS.has(body.readUInt16LE(0));
    const sampleRateHz = body.readUInt32LE(4);
    const written = body.readUInt32LE(8);
    const reckoned = isPlain && body.length >= 14 ? sampleRateHz * body.readUInt16LE(12) : 0;
    chunks.form = { isPlain, sampleRateHz, byteRate: Math.max(written, reckoned) };
  }
  if (id === 'fact' && body.length >= 4) chunks.samples = body.readUInt32LE(0);
  if (id === 'ds64' && body.length >= 16) chunks.longDataBytes = Number(body.readBigUInt64LE(8));
};

/** Tags that are no chunks. */
const TAG = /^(?:ID3|TAG|APET)/;
const CHUNK_NAME = /^[\x20-\x7e]{4}$/;

/** Whether chunks go on at `at`, or nothing but zeros that fill up a block. */
const goesOn = async (source: ByteSource, at: number): Promise<boolean> => {
  const header = await source.read(at, CHUNK_HEADER_BYTES);
  if (header.every((byte) => byte === 0)) return true;
  const name = header.toString('latin1', 0, 4);
  if (TAG.test(name)) return true;
  const isNamed = CHUNK_NAME.test(name);
  return isNamed && at + CHUNK_HEADER_BYTES + header.readUInt32LE(4) <= source.size;
};

/** Whether more than a second of what is no chunk stands behind the data, which says it was shorter. */
const hasSoundBehind = async (
  source: ByteSource,
  form: Form | null,
  endsAt: number,
): Promise<boolean> => {
  if (form === null || source.size - endsAt <= Math.max(form.byteRate, CHUNK_HEADER_BYTES + 1)) {
    return false;
  }
  return !(await goesOn(source, endsAt)) && !(await goesOn(source, endsAt + (endsAt % 2)));
};

/**
 * Reads a RIFF, RF64 or BW64 wave file. Cut when its `data` chunk promises more bytes than there
 * are, damaged when it promises so few that sound is left behind it, unless the promise is one that
 * streaming writers leave behind (0, 0xFFFFFFFF, about 2 GiB).
 * Source: RIFF/WAVE; EBU Tech 3306 (RF64).
 */
export const readWav = async (source: ByteSource): Promise<Container> => {
  const chunks: Chunks = { form: null, samples: null, longDataBytes: null };
  let offset = RIFF_HEADER_BYTES;
  for (let seen = 0; seen < MAX_CHUNKS && offset + CHUNK_HEADER_BYTES <= source.size; seen += 1) {
    const header = await source.read(offset, CHUNK_HEADER_BYTES);
    const id = header.toString('latin1', 0, 4);
    const claimed = header.readUInt32LE(4);
    const bodyAt = offset + CHUNK_HEADER_BYTES;
    if (id === 'data') {
      const judged = judgeData(chunks, claimed, source.size - bodyAt);
      if (isStreamedSize(claimed)) return judged;
      const damaged = await hasSoundBehind(source, chunks.form, bodyAt + claimed);
      return { ...judged, damaged };
    }
    noteChunk(chunks, id, await source.read(bodyAt, Math.min(claimed, 40)));
    offset = bodyAt + claimed + (claimed % 2);
  }
  return { demuxer: 'wav', cut: offset > source.size, expectedMs: null };
};
