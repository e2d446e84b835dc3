import { promisify } from 'node:util';
import { inflateRaw } from 'node:zlib';
import { ok, type Result } from '#schemas/result.ts';

const inflate = promisify(inflateRaw);

const END_SIGNATURE = 0x06054b50;
const ENTRY_SIGNATURE = 0x02014b50;
const LOCAL_SIGNATURE = 0x04034b50;
const END_BYTES = 22;
const MAX_COMMENT_BYTES = 65_535;
const ENTRY_BYTES = 46;
const LOCAL_BYTES = 30;
const MAX_ENTRIES = 5000;
const STORED = 0;
const DEFLATED = 8;

/** Why an entry could not be had: no such archive or entry, or more than was to be unpacked. */
export type ZipFlaw = 'absent' | 'broken' | 'tooLarge';

type Entry = { readonly method: number; readonly bytes: number; readonly localAt: number };

const refused = (problem: ZipFlaw) => ({ ok: false as const, problem });

const findEnd = (zip: Buffer): number => {
  const first = Math.max(0, zip.length - END_BYTES - MAX_COMMENT_BYTES);
  for (let at = zip.length - END_BYTES; at >= first; at -= 1) {
    if (zip.readUInt32LE(at) === END_SIGNATURE) return at;
  }
  return -1;
};

const findEntry = (zip: Buffer, name: string): Entry | undefined => {
  const end = findEnd(zip);
  if (end < 0) return undefined;
  let at = zip.readUInt32LE(end + 16);
  const entries = Math.min(zip.readUInt16LE(end + 10), MAX_ENTRIES);
  for (let index = 0; index < entries; index += 1) {
    if (at + ENTRY_BYTES > zip.length || zip.readUInt32LE(at) !== ENTRY_SIGNATURE) return undefined;
    const nameEnd = at + ENTRY_BYTES + zip.readUInt16LE(at + 28);
    if (zip.toString('utf8', at + ENTRY_BYTES, nameEnd) === name) {
      return {
        method: zip.readUInt16LE(at + 10),
        bytes: zip.readUInt32LE(at + 20),
        localAt: zip.readUInt32LE(at + 42),
      };
    }
    at = nameEnd + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return undefined;
};

const packedBytes = (zip: Buffer, { localAt, bytes }: Entry): Buffer | undefined => {
  if (localAt + LOCAL_BYTES > zip.length || zip.readUInt32LE(localAt) !== LOCAL_SIGNATURE) {
    return undefined;
  }
  const lengths = zip.readUInt16LE(localAt + 26) + zip.readUInt16LE(localAt + 28);
  const from = localAt + LOCAL_BYTES + lengths;
  return from + bytes > zip.length ? undefined : zip.subarray(from, from + bytes);
};

const unpack = async (packed: Buffer, maxBytes: number): Promise<Result<Buffer, ZipFlaw>> => {
  try {
    return ok(await inflate(packed, { maxOutputLength: maxBytes }));
  } catch (error) {
    const isTooLarge =
      error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
    return refused(isTooLarge ? 'tooLarge' : 'broken');
  }
};

/**
 * One entry of a ZIP archive by its exact name, unpacked to at most `maxBytes`: no more than that is
 * ever written, whatever the archive says of itself. Errors: absent, broken, tooLarge.
 */
export const readZipEntry = async (
  zip: Buffer,
  { name, maxBytes }: { readonly name: string; readonly maxBytes: number },
): Promise<Result<Buffer, ZipFlaw>> => {
  const entry = findEntry(zip, name);
  if (entry === undefined) return refused('absent');
  const packed = packedBytes(zip, entry);
  if (packed === undefined) return refused('broken');
  if (entry.method === DEFLATED) return unpack(packed, maxBytes);
  if (entry.method !== STORED) return refused('broken');
  return packed.length > maxBytes ? refused('tooLarge') : ok(packed);
};
