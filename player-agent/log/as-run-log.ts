import { join } from 'node:path';
import type { ChainHead } from '#core/log-chain.ts';
import type { Signer } from '#runtime/signing.ts';
import type { Envelope } from '#schemas/envelope.ts';
import type { Id } from '#schemas/primitives.ts';
import type { Problem } from '#schemas/problem.ts';
import type { ClockState } from '#schemas/records/clock-state.ts';
import { type LogRecord, logRecordSchema, type RecordBody } from '#schemas/records/log-record.ts';
import { ok, type Result, refuse } from '#schemas/result.ts';
import { createExclusive } from '../exclusive.ts';
import type { Disk, DiskFile, DiskFull } from '../ports/disk.ts';
import { type RecordSpan, readRecords } from './find-record.ts';
import { readLogTail } from './log-tail.ts';
import { recordToLine } from './record-line.ts';

/** When and in which run of the agent something was recorded. */
export interface RecordStamp {
  readonly boot: Id;
  readonly posMs: number;
  readonly clock: ClockState;
}

/** The append-only, chained, signed log of one speaker. */
export interface AsRunLog {
  /** The end of the chain; everything up to it survives a power cut. */
  head(): ChainHead;
  /** The record before this run of the agent, if there was one. */
  readonly lastAtOpen: LogRecord | null;
  /** Whether a line was torn by a power cut and has been cut off. */
  readonly tornLine: boolean;
  /** The record, once it is on disk; when it does not fit, nothing of it stays. Errors: diskFull. */
  append(stamp: RecordStamp, body: RecordBody): Promise<Result<LogRecord, DiskFull>>;
  /** Envelopes as they were written, none beyond the head, none once it is closed. */
  read(span: RecordSpan): Promise<Envelope[]>;
  close(): Promise<void>;
}

export interface AsRunLogOptions {
  readonly disk: Disk;
  readonly folder: string;
  readonly site: string;
  readonly speaker: Id;
  readonly signer: Signer;
  /** This run of the agent; it names the side file that a torn line goes to. */
  readonly boot: Id;
}

/** The file of the log in its folder. */
export const logPath = (folder: string): string => join(folder, 'records.ndjson');

/**
 * Opens the speaker's log, cuts off what a power cut tore and keeps it in a side file.
 * Errors: fileUnreadable (no line holds), databaseNewer (a later version wrote it), diskFull. Source: DESIGN.md, the way of a broadcast, 6.
 */
export const openAsRunLog = async (
  options: AsRunLogOptions,
): Promise<Result<AsRunLog, Problem>> => {
  const path = logPath(options.folder);
  const file = await options.disk.open(path);
  const tail = await readLogTail(file, options.signer);
  if (tail === 'newer') {
    await file.close();
    return refuse({ code: 'databaseNewer', path });
  }
  if (tail === undefined || (tail.last !== null && tail.last.speaker !== options.speaker)) {
    await file.close();
    return refuse({ code: 'fileUnreadable', path });
  }
  if (tail.torn.length > 0) {
    const aside = join(options.folder, `torn-${options.boot}.bin`);
    const kept = await options.disk.write(aside, tail.torn);
    if (!kept.ok) return kept;
    await file.truncate(tail.soundBytes);
  }
  return ok(createLog(file, options, tail));
};

const createLog = (
  file: DiskFile,
  options: AsRunLogOptions,
  tail: { readonly head: ChainHead; readonly last: LogRecord | null; readonly torn: Uint8Array },
): AsRunLog => {
  const exclusive = createExclusive();
  let head = tail.head;
  let isClosed = false;
  const append = async (
    stamp: RecordStamp,
    body: RecordBody,
  ): Promise<Result<LogRecord, DiskFull>> => {
    const { site, speaker } = options;
    const place = { v: 1, site, speaker, seq: head.seq + 1, prev: head.hash } as const;
    const record = logRecordSchema.parse({ ...body, ...stamp, ...place });
    const { line, hash } = recordToLine(record, options.signer);
    const sizeBefore = file.size();
    const written = await file.append(line);
    if (!written.ok) return written;
    const synced = await file.sync();
    if (!synced.ok) {
      await file.truncate(sizeBefore);
      return synced;
    }
    head = { seq: record.seq, hash };
    return ok(record);
  };
  return {
    head: () => head,
    lastAtOpen: tail.last,
    tornLine: tail.torn.length > 0,
    append: (stamp, body) => exclusive(() => append(stamp, body)),
    read: (span) =>
      exclusive(async () =>
        isClosed ? [] : readRecords(file, { ...span, to: Math.min(span.to, head.seq) }),
      ),
    close: () => {
      isClosed = true;
      return exclusive(() => file.close());
    },
  };
};
