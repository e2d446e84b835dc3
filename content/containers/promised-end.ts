import type { ByteSource } from './byte-source.ts';

/** Where a file must end at the earliest by what it says itself; null when it says nothing. */
export type PromisedEnd = (source: ByteSource) => Promise<number | null>;

const FORM_SIZE_AT = 4;
const FORM_HEADER_BYTES = 8;

/** What writers that cannot go back leave there. */
const UNKNOWN_FORM_FROM = 0x7f00_0000;

/**
 * A container whose fifth to eighth byte say how long what follows them is; some count those eight, or
 * a byte to fill up, too.
 */
export const formEnd =
  (endian: 'big' | 'little'): PromisedEnd =>
  async (source) => {
    const head = await source.read(0, FORM_HEADER_BYTES);
    const bytes =
      endian === 'big' ? head.readUInt32BE(FORM_SIZE_AT) : head.readUInt32LE(FORM_SIZE_AT);
    return bytes >= UNKNOWN_FORM_FROM ? null : bytes - 1;
  };

const GUID_BYTES = 16;
const SIZED_GUID_BYTES = GUID_BYTES + 8;
/** What writers that cannot go back leave as a length; no file of ours is so long. */
const UNKNOWN_FROM = 2n ** 48n;

/** The length that stands behind the GUID at `at`; null when there is none, or no true one. */
const guidLength = async (source: ByteSource, at: number): Promise<number | null> => {
  const head = await source.read(at, SIZED_GUID_BYTES);
  if (head.length < SIZED_GUID_BYTES) return null;
  const bytes = head.readBigUInt64LE(GUID_BYTES);
  return bytes >= UNKNOWN_FROM ? null : Number(bytes);
};

/** Wave64 says in its first chunk how long the whole file is. Source: Sony Wave64. */
export const wave64End: PromisedEnd = (source) => guidLength(source, 0);

/**
 * ASF (WMA, WMV) says how long its header is, and behind it how long its data is; a live one says
 * nothing. The length of the file that its header gives is not asked: who writes a title leaves it.
 * Source: Advanced Systems Format, 2.1 and 5.1.
 */
export const asfEnd: PromisedEnd = async (source) => {
  const dataAt = await guidLength(source, 0);
  if (dataAt === null) return null;
  if (dataAt >= source.size) return dataAt + 1;
  const bytes = await guidLength(source, dataAt);
  return bytes === null ? null : dataAt + bytes;
};

const CAF_HEADER_BYTES = 8;
const CAF_CHUNK_HEADER_BYTES = 12;
const MAX_CHUNKS = 1000;

/** Core Audio says how long each chunk is; −1 is a last one to the end. Source: Apple, CAF 1.0. */
export const cafEnd: PromisedEnd = async (source) => {
  let offset = CAF_HEADER_BYTES;
  for (let seen = 0; seen < MAX_CHUNKS && offset < source.size; seen += 1) {
    const head = await source.read(offset, CAF_CHUNK_HEADER_BYTES);
    if (head.length < CAF_CHUNK_HEADER_BYTES) return null;
    const bytes = head.readBigInt64BE(4);
    if (bytes < 0 || bytes >= UNKNOWN_FROM) return null;
    offset += CAF_CHUNK_HEADER_BYTES + Number(bytes);
  }
  return offset;
};

const FLV_HEADER_BYTES = 13;
const FLV_TAG_HEADER_BYTES = 11;
const FLV_LENGTH_BYTES = 4;
const FLV_KINDS = new Set([8, 9, 18]);

/**
 * Flash video repeats behind each tag how long it was: where the last four bytes do not lead back to
 * the beginning of one, the end is missing. Source: Adobe FLV 10.1, annex E.
 */
export const flvEnd: PromisedEnd = async (source) => {
  const { size } = source;
  if (size <= FLV_HEADER_BYTES) return null;
  const tail = await source.read(size - FLV_LENGTH_BYTES, FLV_LENGTH_BYTES);
  const bytes = tail.readUInt32BE(0);
  const tagAt = size - FLV_LENGTH_BYTES - bytes;
  const tag = await source.read(Math.max(0, tagAt), FLV_TAG_HEADER_BYTES);
  const isWhole =
    tagAt >= FLV_HEADER_BYTES &&
    tag.length === FLV_TAG_HEADER_BYTES &&
    FLV_KINDS.has((tag[0] ?? 0) & 0x1f) &&
    tag.readUIntBE(1, 3) + FLV_TAG_HEADER_BYTES === bytes;
  return isWhole ? null : size + 1;
};
