import { join } from 'node:path';
import {
  type EndedRecord,
  endedRecordSchema,
  logRecordSchema,
} from '#schemas/records/log-record.ts';
import type { Disk } from '../ports/disk.ts';
import type { AsRunLog, RecordStamp } from './as-run-log.ts';
import { parseJson } from './record-line.ts';

/**
 * How often the position of what sounds is written down, in milliseconds: with a slow disk and what
 * still sounds of a player that dies, no more than 5 s are lost. Source: AIRTIME.md, 2; issue 5.
 */
export const CHECKPOINT_MS = 4_000;
/** How far behind its checkpoint an `ended` record is looked for, in records. */
const SEARCH_RECORDS = 200;

type EndedBody = Omit<EndedRecord, keyof RecordStamp | 'v' | 'site' | 'speaker' | 'seq' | 'prev'>;

/** What sounds now, on the speaker's own disk only, as the record it becomes after a power cut. */
export interface CheckpointFile {
  /** Writes down how far it has come; false when the disk is full and the one before stays. */
  write(log: AsRunLog, stamp: RecordStamp, body: EndedBody): Promise<boolean>;
  /** Nothing sounds any more, and what did is in the log. */
  clear(): Promise<void>;
  /** The record of what sounded at a power cut, unless the log has it already. */
  unfinished(log: AsRunLog): Promise<EndedRecord | undefined>;
}

/** The checkpoint of the log in `folder`. */
export const createCheckpointFile = (
  disk: Disk,
  folder: string,
  who: { readonly site: string; readonly speaker: string },
): CheckpointFile => {
  const path = join(folder, 'checkpoint.json');
  return {
    write: async (log, stamp, body) => {
      const { seq, hash } = log.head();
      const record = { ...body, ...stamp, ...who, v: 1, seq: seq + 1, prev: hash };
      return (await disk.write(path, JSON.stringify(endedRecordSchema.parse(record)))).ok;
    },
    clear: () => disk.remove(path),
    unfinished: async (log) => {
      const bytes = await disk.read(path);
      if (bytes === undefined) return undefined;
      const parsed = endedRecordSchema.safeParse(parseJson(bytes));
      if (!parsed.success) return undefined;
      return (await isInLog(log, parsed.data)) ? undefined : parsed.data;
    },
  };
};

const isInLog = async (log: AsRunLog, unfinished: EndedRecord): Promise<boolean> => {
  const to = unfinished.seq + SEARCH_RECORDS;
  const envelopes = await log.read({ from: unfinished.seq, to, maxBytes: Number.MAX_SAFE_INTEGER });
  return envelopes.some((envelope) => {
    const payload = parseJson(Buffer.from(envelope.payload, 'base64'));
    const record = logRecordSchema.safeParse(payload).data;
    return (
      record?.kind === 'ended' &&
      record.boot === unfinished.boot &&
      record.session === unfinished.session &&
      record.played.fromMs === unfinished.played.fromMs
    );
  });
};
