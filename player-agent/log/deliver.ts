import type { Clock, Timer } from '#runtime/clock.ts';
import type { RecordBatch, RecordRange } from '#schemas/records/delivery.ts';
import type { AsRunLog } from './as-run-log.ts';
import type { DeliveredFile } from './delivered-file.ts';
import { type LostRecords, MAX_BATCH_BYTES, nextBatch } from './next-batch.ts';
import type { LogOwner } from './remove-old.ts';

/** How long an acknowledgement is waited for before the batch is sent again, in milliseconds. */
export const RESEND_MS = 30_000;
/** How many ranges that the server asked for are answered at a time; it asks again. */
const MAX_RANGES = 4;

export interface DeliveryOptions {
  readonly log: AsRunLog;
  readonly delivered: DeliveredFile;
  /** Whose log it is, and who signs what it lost. */
  readonly owner: Pick<LogOwner, 'site' | 'speaker' | 'signer'>;
  readonly clock: Clock;
  readonly isConnected: () => boolean;
  readonly send: (batch: RecordBatch) => Promise<boolean>;
  /** Records cannot be read any more, and were not delivered. */
  readonly onLost: (lost: LostRecords) => void;
  readonly track: (work: Promise<unknown>) => void;
}

/**
 * Brings every record to the server, oldest first, one batch at a time, until it is acknowledged;
 * a batch may arrive twice, the server stores each record once. Records that are damaged on the disk
 * are told as lost, signed, and what stands behind them goes on.
 */
export interface Delivery {
  /** Something is new: a record, or the connection. */
  kick(): void;
  /** The connection was lost: what was on its way is sent again. */
  disconnected(): void;
  acknowledged(upTo: number): Promise<void>;
  /** The server has everything up to this number. */
  deliveredUpTo(): number;
  missing(range: RecordRange): void;
  /** The server has nothing from this number on: all of it is delivered, beginning now. */
  again(fromSeq: number): Promise<void>;
  stop(): void;
}

/** A delivery that goes on from the last acknowledgement on disk. */
export const openDelivery = async (options: DeliveryOptions): Promise<Delivery> => {
  const { log, clock } = options;
  let acked = Math.min(await options.delivered.upTo(), log.head().seq);
  let inFlight: number | null = null;
  let resend: Timer | undefined;
  let ranges = 0;
  let isStopped = false;

  const landed = () => {
    inFlight = null;
    resend?.cancel();
  };
  const sendNext = async (from: number) => {
    const next = await nextBatch(log, from, options.owner);
    if (next.lost !== null && !isStopped) options.onLost(next.lost);
    inFlight = next.upTo;
    resend?.cancel();
    resend = clock.at(clock.positionMs() + RESEND_MS, () => {
      landed();
      kick();
    });
    if (next.batch === null || !(await options.send(next.batch))) landed();
  };
  const kick = () => {
    if (inFlight !== null || !options.isConnected() || log.head().seq <= acked) return;
    inFlight = acked;
    options.track(sendNext(acked + 1));
  };
  return {
    kick,
    disconnected: landed,
    acknowledged: async (upTo) => {
      const known = Math.min(upTo, log.head().seq);
      if (known <= acked) return;
      acked = known;
      await options.delivered.write(acked, log);
      if (inFlight !== null && acked >= inFlight) landed();
      kick();
    },
    deliveredUpTo: () => acked,
    missing: (range) => {
      if (ranges >= MAX_RANGES || range.from > log.head().seq) return;
      ranges += 1;
      const answer = async () => {
        const records = await log.read({ ...range, maxBytes: MAX_BATCH_BYTES });
        if (records.length > 0) await options.send({ records });
      };
      options.track(
        answer().finally(() => {
          ranges -= 1;
        }),
      );
    },
    again: async (fromSeq) => {
      if (fromSeq <= acked) {
        acked = fromSeq - 1;
        await options.delivered.write(acked, log);
      }
      landed();
      kick();
    },
    stop: () => {
      // A log that is closed reads as if nothing of it were there.
      isStopped = true;
      resend?.cancel();
    },
  };
};
