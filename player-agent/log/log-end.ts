import { join } from 'node:path';
import type { ChainHead } from '#core/log-chain.ts';
import type { Id } from '#schemas/primitives.ts';
import type { Problem } from '#schemas/problem.ts';
import type { LogRecord } from '#schemas/records/log-record.ts';
import { ok, type Result, refuse } from '#schemas/result.ts';
import type { DiskFile, DiskFull } from '../ports/disk.ts';
import { type LogTail, readLogTail } from './log-tail.ts';
import type { LogOwner } from './remove-old.ts';
import type { Segments } from './segments.ts';

/** Where a log goes on. */
export interface LogEnd {
  readonly head: ChainHead;
  /** The last record on the disk. */
  readonly last: LogRecord | null;
  readonly isTorn: boolean;
  /** The head is of a record that the disk has lost: the next one begins a segment. */
  readonly isApart: boolean;
}

export interface LogEndOptions extends LogOwner {
  readonly boot: Id;
  readonly delivered?: ChainHead | null;
}

/**
 * Finds the end of the log by its newest segments alone. What a power cut tore is kept in a side file
 * and cut off; a segment that was begun and holds no record goes. Where the disk lost records that
 * the server has, the log goes on behind those. Errors: fileUnreadable, databaseNewer, diskFull.
 */
export const openLogEnd = async (
  segments: Segments,
  options: LogEndOptions,
): Promise<Result<LogEnd, Problem>> => {
  const { folder: path, signer, delivered } = options;
  let torn: Uint8Array = new Uint8Array();
  for (;;) {
    const tail = await readLogTail(segments.newest(), signer);
    if (tail === 'newer') return refuse({ code: 'databaseNewer', path });
    if (!isOwn(tail, options)) return refuse({ code: 'fileUnreadable', path });
    torn = Buffer.concat([tail.torn, torn]);
    const cut = await cutTorn(segments.newest(), { ...tail, torn }, options);
    if (!cut.ok) return cut;
    const isEmpty = tail.last === null && segments.firstSeqs.length > 1;
    if (!isEmpty) return ok(endOf(tail, torn, delivered ?? null));
    await segments.dropNewest();
  }
};

/** The rest behind the last whole line goes to the side file first. */
const cutTorn = async (
  file: DiskFile,
  { torn, soundBytes }: LogTail,
  { disk, folder, boot }: LogEndOptions,
): Promise<Result<void, DiskFull>> => {
  if (file.size() === soundBytes) return ok(undefined);
  const kept = await disk.write(join(folder, `torn-${boot}.bin`), torn);
  if (kept.ok) await file.truncate(soundBytes);
  return kept;
};

const endOf = (tail: LogTail, torn: Uint8Array, delivered: ChainHead | null): LogEnd => {
  const isApart = delivered !== null && tail.head.seq < delivered.seq;
  const head = isApart ? delivered : tail.head;
  return { head, last: tail.last, isTorn: torn.length > 0 || isApart, isApart };
};

const isOwn = (tail: LogTail | undefined, { speaker }: LogOwner): tail is LogTail =>
  tail !== undefined && (tail.last === null || tail.last.speaker === speaker);
