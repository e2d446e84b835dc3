import type { ChainHead } from '#core/log-chain.ts';
import type { Envelope } from '#schemas/envelope.ts';
import type { Id } from '#schemas/primitives.ts';
import type { Problem } from '#schemas/problem.ts';
import type { ClockState } from '#schemas/records/clock-state.ts';
import { type LogRecord, logRecordSchema, type RecordBody } from '#schemas/records/log-record.ts';
import type { LogStart } from '#schemas/records/log-start.ts';
import { ok, type Result } from '#schemas/result.ts';
import { createExclusive } from '../exclusive.ts';
import type { DiskFile, DiskFull } from '../ports/disk.ts';
import type { FoundRecord, RecordSpan } from './find-record.ts';
import { type LogEnd, openLogEnd } from './log-end.ts';
import { firstReadable, readRecords } from './read-log.ts';
import { recordToLine } from './record-line.ts';
import { type LogOwner, type RemovalBound, removeOldSegments } from './remove-old.ts';
import { openSegments, type Segments } from './segments.ts';

/** A segment that would grow beyond this is followed by a new one, in bytes. */
const MAX_SEGMENT_BYTES = 1_048_576;

/** When and in which run of the agent something was recorded. */
export interface RecordStamp {
  readonly boot: Id;
  readonly posMs: number;
  readonly clock: ClockState;
}

/** The append-only, chained, signed log of one speaker, in segments on its disk. */
export interface AsRunLog {
  /** The end of the chain; everything up to it survives a power cut. */
  head(): ChainHead;
  /** The record before this run of the agent, if there was one. */
  readonly lastAtOpen: LogRecord | null;
  /** Whether a line was torn by a power cut and has been cut off. */
  readonly tornLine: boolean;
  /** The record, once it is on disk; when it does not fit, nothing of it stays. Errors: diskFull. */
  append(stamp: RecordStamp, body: RecordBody): Promise<Result<LogRecord, DiskFull>>;
  /**
   * Envelopes as they were written, from the span's first on up to one that is not there any more;
   * none beyond the head, none once it is closed.
   */
  read(span: RecordSpan): Promise<Envelope[]>;
  /** The first record from a number on that can be read; undefined when none can, up to the head. */
  firstFrom(seq: number): Promise<FoundRecord | undefined>;
  /** Removes what is old and delivered, in whole segments; what it signed, null when nothing goes. */
  removeOld(bound: RemovalBound): Promise<LogStart | null>;
  close(): Promise<void>;
}

export interface AsRunLogOptions extends LogOwner {
  /** This run of the agent; it names the side file that a torn line goes to. */
  readonly boot: Id;
  /** What the server has; the log goes on behind it even if the disk lost some of it since. */
  readonly delivered?: ChainHead | null;
  /** Another bound for a segment, in bytes. */
  readonly maxSegmentBytes?: number;
}

/**
 * Opens the speaker's log at its end, cuts off what a power cut tore and keeps it in a side file.
 * Errors: fileUnreadable (no line holds), databaseNewer (a later version wrote it), diskFull. Source: DESIGN.md, the way of a broadcast, 6.
 */
export const openAsRunLog = async (
  options: AsRunLogOptions,
): Promise<Result<AsRunLog, Problem>> => {
  const segments = await openSegments(options.disk, options.folder);
  const end = await openLogEnd(segments, options);
  if (end.ok) return ok(createLog(segments, options, end.value));
  await segments.close();
  return end;
};

const createLog = (segments: Segments, options: AsRunLogOptions, end: LogEnd): AsRunLog => {
  const { signer, maxSegmentBytes = MAX_SEGMENT_BYTES } = options;
  const exclusive = createExclusive();
  let head = end.head;
  let isApart = end.isApart;
  let isClosed = false;
  /** Begins a segment where the line does not fit, or where records before it are lost. */
  const makeRoom = async (line: Uint8Array): Promise<Result<void, DiskFull>> => {
    const size = segments.newest().size();
    const isFull = size > 0 && size + line.length > maxSegmentBytes;
    if (!isFull && !isApart) return ok(undefined);
    const begun = await segments.begin(head.seq + 1);
    isApart &&= !begun.ok;
    return begun;
  };
  const append = async (
    stamp: RecordStamp,
    body: RecordBody,
  ): Promise<Result<LogRecord, DiskFull>> => {
    const { site, speaker } = options;
    const place = { v: 1, site, speaker, seq: head.seq + 1, prev: head.hash } as const;
    const record = logRecordSchema.parse({ ...body, ...stamp, ...place });
    const { line, hash } = recordToLine(record, signer);
    const room = await makeRoom(line);
    if (!room.ok) return room;
    const written = await appendWhole(segments.newest(), line);
    if (!written.ok) return written;
    head = { seq: record.seq, hash };
    return ok(record);
  };
  return {
    head: () => head,
    lastAtOpen: end.last,
    tornLine: end.isTorn,
    append: (stamp, body) => exclusive(() => append(stamp, body)),
    read: (span) =>
      exclusive(async () =>
        isClosed ? [] : readRecords(segments, { ...span, to: Math.min(span.to, head.seq) }, signer),
      ),
    firstFrom: (seq) =>
      exclusive(async () => (isClosed ? undefined : firstReadable(segments, seq, signer))),
    removeOld: (bound) =>
      exclusive(async () => (isClosed ? null : removeOldSegments(segments, bound, options))),
    close: () => {
      isClosed = true;
      return exclusive(segments.close);
    },
  };
};

/** The line is on the disk, or nothing of it is. */
const appendWhole = async (file: DiskFile, line: Uint8Array): Promise<Result<void, DiskFull>> => {
  const sizeBefore = file.size();
  const written = await file.append(line);
  if (!written.ok) return written;
  const synced = await file.sync();
  if (!synced.ok) await file.truncate(sizeBefore);
  return synced;
};
