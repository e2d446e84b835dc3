import { join } from 'node:path';
import { canonicalJson } from '#core/canonical-json.ts';
import { LOG_START_NAME } from '#runtime/log-segments.ts';
import { type Signer, sealEnvelope } from '#runtime/signing.ts';
import type { Id } from '#schemas/primitives.ts';
import type { LogRecord } from '#schemas/records/log-record.ts';
import type { LogStart } from '#schemas/records/log-start.ts';
import type { Disk, DiskFile } from '../ports/disk.ts';
import { readLogTail } from './log-tail.ts';
import { readLine } from './read-line.ts';
import { lineToRecord } from './record-line.ts';
import type { Segments } from './segments.ts';

/** Which records may go: those that are both delivered and old. */
export interface RemovalBound {
  /** Everything up to this number is stored by the server. */
  readonly deliveredUpTo: number;
  /** What was written before this instant is old, in epoch milliseconds. */
  readonly beforeMs: number;
}

/** Whose log it is, and where. */
export interface LogOwner {
  readonly disk: Disk;
  readonly folder: string;
  readonly site: string;
  readonly speaker: Id;
  readonly signer: Signer;
}

/**
 * Removes whole segments from the log's beginning, of which every record is old and delivered, and
 * gives what it signed about that first; null when nothing goes. A power cut in between leaves
 * segments that the signed start covers, and they go the next time. The newest segment stays.
 */
export const removeOldSegments = async (
  segments: Segments,
  bound: RemovalBound,
  owner: LogOwner,
): Promise<LogStart | null> => {
  let count = await countOld(segments, bound, owner.signer);
  let first: LogRecord | undefined;
  for (; count > 0; count -= 1) {
    first = await firstOf((await segments.at(count)).file, owner.signer);
    if (first?.seq === segments.firstSeqs[count]) break;
  }
  if (first === undefined || count === 0) return null;
  const { site, speaker, signer, disk, folder } = owner;
  const start: LogStart = { v: 1, site, speaker, seq: first.seq - 1, hash: first.prev };
  const payload = Buffer.from(canonicalJson(start), 'utf8');
  const envelope = JSON.stringify(sealEnvelope(signer, 'logStart', payload));
  const written = await disk.write(join(folder, LOG_START_NAME), envelope);
  if (!written.ok) return null;
  for (let dropped = 0; dropped < count; dropped += 1) await segments.dropOldest();
  return start;
};

/** How many segments from the oldest on are delivered and old, by what their last records say. */
const countOld = async (
  segments: Segments,
  { deliveredUpTo, beforeMs }: RemovalBound,
  signer: Signer,
): Promise<number> => {
  const { firstSeqs } = segments;
  let count = 0;
  for (let place = 0; (firstSeqs[place + 1] ?? Number.POSITIVE_INFINITY) - 1 <= deliveredUpTo; ) {
    const writtenMs = await lastWrittenMs((await segments.at(place)).file, signer);
    place += 1;
    // A segment that ends without a time is as old as the next one that ends with one.
    if (writtenMs === undefined) continue;
    if (writtenMs >= beforeMs) break;
    count = place;
  }
  return count;
};

/** When the last record was written at the latest; undefined when nobody but a person says so. */
const lastWrittenMs = async (file: DiskFile, signer: Signer): Promise<number | undefined> => {
  const tail = await readLogTail(file, signer);
  if (tail === undefined || tail === 'newer' || tail.last === null) return undefined;
  const { posMs, clock } = tail.last;
  const { source, offsetMs, uncertaintyMs } = clock;
  if (source === 'none' || source === 'manual' || offsetMs === null) return undefined;
  return posMs + offsetMs + (uncertaintyMs ?? 0);
};

const firstOf = async (file: DiskFile, signer: Signer): Promise<LogRecord | undefined> => {
  const line = await readLine(file, 0);
  return line === undefined ? undefined : lineToRecord(line.bytes, signer)?.record;
};
