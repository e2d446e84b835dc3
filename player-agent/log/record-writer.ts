import type { Clock, Timer } from '#runtime/clock.ts';
import type { Logger } from '#runtime/logger.ts';
import type { LogRecord, RecordBody } from '#schemas/records/log-record.ts';
import { createExclusive } from '../exclusive.ts';
import type { AsRunLog, RecordStamp } from './as-run-log.ts';

/** What waits for room on a full disk; beyond this, everything but broadcasts is given up. */
export const MAX_WAITING_RECORDS = 500;
/** How long after a refusal by a full disk it is tried again, in milliseconds. */
const RETRY_MS = 10_000;

/** Puts records into the log in the order in which they came, also over a disk that was full. */
export interface RecordWriter {
  /** Resolves true when it is on disk, false when it waits for room. */
  write(body: RecordBody): Promise<boolean>;
  waiting(): number;
  /** Waits for what is on its way to the disk; true when all is there, false when some waits for room. */
  settled(): Promise<boolean>;
}

export interface RecordWriterOptions {
  readonly log: AsRunLog;
  readonly clock: Clock;
  readonly stamp: () => RecordStamp;
  readonly logger: Logger;
  /** Called for each record that is on disk. */
  readonly onWritten: (record: LogRecord) => void;
  readonly track: (work: Promise<unknown>) => void;
}

/** A writer over the log. */
export const createRecordWriter = (options: RecordWriterOptions): RecordWriter => {
  const { log, clock, logger } = options;
  const exclusive = createExclusive();
  const queue: { readonly stamp: RecordStamp; readonly body: RecordBody }[] = [];
  let retry: Timer | undefined;
  const drain = async (): Promise<boolean> => {
    for (let first = queue[0]; first !== undefined; first = queue[0]) {
      const written = await log.append(first.stamp, first.body);
      if (!written.ok) {
        logger.error({ event: 'recordWaits', problem: written.problem, waiting: queue.length });
        retry?.cancel();
        retry = clock.at(clock.positionMs() + RETRY_MS, () => options.track(exclusive(drain)));
        return false;
      }
      queue.shift();
      logger.info({ event: 'recordWritten', ...recordToFacts(written.value) });
      options.onWritten(written.value);
    }
    return true;
  };
  return {
    write: (body) => {
      if (queue.length >= MAX_WAITING_RECORDS && body.kind !== 'ended') {
        logger.error({ event: 'recordGivenUp', kind: body.kind });
        return Promise.resolve(false);
      }
      queue.push({ stamp: options.stamp(), body });
      return exclusive(drain);
    },
    waiting: () => queue.length,
    settled: () => exclusive(async () => queue.length === 0),
  };
};

/** What a line of the program's own log says of a record. */
const recordToFacts = (record: LogRecord) => {
  const { kind, seq } = record;
  if (kind === 'clock') return { kind, seq, ...record.anchor };
  if (kind === 'refused') return { kind, seq, reason: record.reason, session: record.session };
  if (kind !== 'ended') return { kind, seq };
  const { session, drill, outcome, reason } = record;
  const lengths = record.audible.map(({ fromMs, toMs }) => toMs - fromMs);
  const audibleMs = lengths.reduce((sum, length) => sum + length, 0);
  return { kind, seq, session, drill, outcome, reason, audibleMs };
};
