import type { Envelope } from '#schemas/envelope.ts';
import type { DiskFile } from '../ports/disk.ts';
import { lineToEnvelope, lineToSeq, MAX_LINE_BYTES } from './record-line.ts';

const CHUNK_BYTES = 8_192;
const LINE_FEED = 10;

interface Line {
  readonly fromBytes: number;
  readonly toBytes: number;
  readonly bytes: Uint8Array;
}

/** Which records to read, by sequence number, and how many bytes of lines at the most. */
export interface RecordSpan {
  readonly from: number;
  /** Included. */
  readonly to: number;
  readonly maxBytes: number;
}

/**
 * The records of the span in order, as many as fit but at least one, read again from the file; empty
 * when it has none. Memory stays bounded however long the log is.
 */
export const readRecords = async (file: DiskFile, span: RecordSpan): Promise<Envelope[]> => {
  const envelopes: Envelope[] = [];
  let offset = await findRecord(file, span.from);
  let bytes = 0;
  for (let seq = span.from; seq <= span.to; seq += 1) {
    const line = await lineFrom(file, offset);
    const envelope = line === undefined ? undefined : lineToEnvelope(line.bytes);
    if (line === undefined || envelope === undefined) break;
    bytes += line.bytes.length;
    if (envelopes.length > 0 && bytes > span.maxBytes) break;
    envelopes.push(envelope);
    offset = line.toBytes;
  }
  return envelopes;
};

/** The offset of the first line whose number is at least `seq`, found by halving the file. */
const findRecord = async (file: DiskFile, seq: number): Promise<number> => {
  let low = 0;
  let high = file.size();
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const line = await lineFrom(file, await lineStartFrom(file, middle));
    if (line === undefined || (lineToSeq(line.bytes) ?? 0) >= seq) high = middle;
    else low = line.toBytes;
  }
  return lineStartFrom(file, low);
};

/** The start of the first line at or after the offset. */
const lineStartFrom = async (file: DiskFile, offset: number): Promise<number> => {
  if (offset === 0) return 0;
  const rest = await lineFrom(file, offset - 1);
  return rest?.toBytes ?? file.size();
};

const lineFrom = async (file: DiskFile, fromBytes: number): Promise<Line | undefined> => {
  let bytes: Uint8Array = new Uint8Array();
  while (bytes.length < MAX_LINE_BYTES) {
    const chunk = await file.read(fromBytes + bytes.length, CHUNK_BYTES);
    if (chunk.length === 0) return undefined;
    bytes = Buffer.concat([bytes, chunk]);
    const end = bytes.indexOf(LINE_FEED);
    if (end >= 0) {
      return { fromBytes, toBytes: fromBytes + end + 1, bytes: bytes.subarray(0, end) };
    }
  }
  return undefined;
};
