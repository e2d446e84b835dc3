import type { Clock, Timer } from '#runtime/clock.ts';
import type { Envelope } from '#schemas/envelope.ts';
import { MAX_RECORDS_PER_MESSAGE, type RecordRange } from '#schemas/records/delivery.ts';
import type { AsRunLog } from './as-run-log.ts';
import type { DeliveredFile } from './delivered-file.ts';

/** How long an acknowledgement is waited for before the batch is sent again, in milliseconds. */
export const RESEND_MS = 30_000;
/** The most bytes of records in one message; it stays below what every side accepts. */
const MAX_BATCH_BYTES = 786_432;
/** How many ranges that the server asked for are answered at a time; it asks again. */
const MAX_RANGES = 4;

export interface DeliveryOptions {
  readonly log: AsRunLog;
  readonly delivered: DeliveredFile;
  readonly clock: Clock;
  readonly isConnected: () => boolean;
  readonly send: (records: readonly Envelope[]) => Promise<boolean>;
  readonly track: (work: Promise<unknown>) => void;
}

/**
 * Brings every record to the server, oldest first, one batch at a time, until it is acknowledged;
 * a batch may arrive twice, the server stores each record once.
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
  stop(): void;
}

/** A delivery that goes on from the last acknowledgement on disk. */
export const openDelivery = async (options: DeliveryOptions): Promise<Delivery> => {
  const { log, clock } = options;
  let acked = Math.min(await options.delivered.upTo(), log.head().seq);
  let inFlight: number | null = null;
  let resend: Timer | undefined;
  let ranges = 0;

  const landed = () => {
    inFlight = null;
    resend?.cancel();
  };
  const sendNext = async (from: number) => {
    const to = from + MAX_RECORDS_PER_MESSAGE - 1;
    const records = await log.read({ from, to, maxBytes: MAX_BATCH_BYTES });
    inFlight = from + records.length - 1;
    resend?.cancel();
    resend = clock.at(clock.positionMs() + RESEND_MS, () => {
      landed();
      kick();
    });
    if (records.length === 0 || !(await options.send(records))) landed();
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
        if (records.length > 0) await options.send(records);
      };
      options.track(
        answer().finally(() => {
          ranges -= 1;
        }),
      );
    },
    stop: () => resend?.cancel(),
  };
};
