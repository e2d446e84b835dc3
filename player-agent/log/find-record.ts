import type { Signer } from '#runtime/signing.ts';
import type { Envelope } from '#schemas/envelope.ts';
import type { DiskFile } from '../ports/disk.ts';
import { lineStartFrom, readLine } from './read-line.ts';
import { lineToSigned } from './record-line.ts';

/** Which records to read, by sequence number, and how many bytes of lines at the most. */
export interface RecordSpan {
  readonly from: number;
  /** Included. */
  readonly to: number;
  readonly maxBytes: number;
}

/** A record as it stands in a file, with a signature that holds. */
export interface FoundRecord {
  readonly seq: number;
  readonly envelope: Envelope;
  readonly bytes: number;
}

/**
 * The records of a file whose numbers are at least `from`, one after the other, read again and
 * checked. A line that was damaged is passed over: its number is missing among those that come.
 */
export async function* recordsFrom(
  file: DiskFile,
  from: number,
  signer: Signer,
): AsyncGenerator<FoundRecord> {
  let offset = await findRecord(file, from, signer);
  for (;;) {
    const line = await readLine(file, offset);
    if (line === undefined) return;
    offset = line.toBytes;
    const found = lineToSigned(line.bytes, signer);
    if (found === undefined || found.seq < from) continue;
    yield { ...found, bytes: line.bytes.length };
  }
}

/** The offset of the first line whose number is at least `seq`, found by halving the file. */
const findRecord = async (file: DiskFile, seq: number, signer: Signer): Promise<number> => {
  let low = 0;
  let high = file.size();
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const next = await soundFrom(file, { offset: middle, end: high, signer });
    if (next === undefined || next.seq >= seq) high = middle;
    else low = next.toBytes;
  }
  return lineStartFrom(file, low);
};

/** The first line that begins in `[offset, end)` and was not damaged. */
const soundFrom = async (
  file: DiskFile,
  within: { readonly offset: number; readonly end: number; readonly signer: Signer },
) => {
  for (let start = await lineStartFrom(file, within.offset); start < within.end; ) {
    const line = await readLine(file, start);
    if (line === undefined) return undefined;
    const found = lineToSigned(line.bytes, within.signer);
    if (found !== undefined) return { seq: found.seq, toBytes: line.toBytes };
    start = line.toBytes;
  }
  return undefined;
};
