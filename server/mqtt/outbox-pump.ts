import type { Clock, Timer } from '#runtime/clock.ts';
import type { Logger } from '#runtime/logger.ts';
import type { Broker } from '../ports/broker.ts';
import type { OutgoingMessage, Store } from '../ports/store.ts';

/** Messages that are read and sent at once. */
export const OUTBOX_BATCH = 100;
const FIRST_RETRY_MS = 500;
const LAST_RETRY_MS = 30_000;

export interface OutboxPumpOptions {
  readonly store: Pick<Store, 'outbox' | 'markSent' | 'retained'>;
  readonly broker: Pick<Broker, 'publish' | 'onUp'>;
  readonly clock: Clock;
  readonly log: Logger;
}

export interface OutboxPump {
  /** Something was committed: look now. Harmless at any time. */
  wake(): void;
  /** Sends no more; resolves when the message on its way is through or has failed. */
  stop(): Promise<void>;
}

/**
 * Brings the outbox to the broker: in order within a topic, each message until the broker has it.
 * Whenever the broker is up (again), all retained messages are published anew, because the database
 * is the truth and the broker's memory may be gone. After a failure it waits longer each time, up to
 * `LAST_RETRY_MS`. Source: DESIGN.md, inside the server, outbox; PLATFORM.md, aedes.
 */
export const startOutboxPump = (options: OutboxPumpOptions): OutboxPump => {
  const { broker, clock, log } = options;
  let renewal = false;
  let dirty = false;
  let stopped = false;
  let failures = 0;
  let running: Promise<void> | undefined;
  let retry: Timer | undefined;

  const work = async (): Promise<void> => {
    while (dirty && !stopped) {
      dirty = false;
      if (renewal) {
        await publishAll(broker, await options.store.retained());
        renewal = false;
      }
      await drain(options, () => stopped);
      failures = 0;
    }
  };
  const wake = (): void => {
    dirty = true;
    if (running !== undefined || stopped) return;
    retry?.cancel();
    running = work()
      .catch((error: unknown) => {
        failures += 1;
        const waitMs = Math.min(FIRST_RETRY_MS * 2 ** (failures - 1), LAST_RETRY_MS);
        log.warn({ event: 'outboxStalled', error: String(error), failures, waitMs });
        retry = clock.at(clock.positionMs() + waitMs, wake);
        dirty = false;
      })
      .finally(() => {
        running = undefined;
        if (dirty) wake();
      });
  };
  broker.onUp(() => {
    renewal = true;
    wake();
  });
  wake();
  return {
    wake,
    stop: async () => {
      stopped = true;
      retry?.cancel();
      await running;
      retry?.cancel();
    },
  };
};

const drain = async (options: OutboxPumpOptions, isStopped: () => boolean): Promise<void> => {
  let batch = await options.store.outbox(OUTBOX_BATCH);
  while (batch.length > 0 && !isStopped()) {
    const outcome = await publishBatch(options.broker, batch);
    await options.store.markSent(outcome.sent);
    if (outcome.failure !== undefined) throw outcome.failure;
    batch = await options.store.outbox(OUTBOX_BATCH);
  }
};

const publishAll = async (
  broker: Pick<Broker, 'publish'>,
  messages: readonly OutgoingMessage[],
): Promise<void> => {
  for (let at = 0; at < messages.length; at += OUTBOX_BATCH) {
    const { failure } = await publishBatch(broker, messages.slice(at, at + OUTBOX_BATCH));
    if (failure !== undefined) throw failure;
  }
};

interface Outcome {
  readonly sent: readonly string[];
  readonly failure: Error | undefined;
}

/** One topic's messages one after another, different topics side by side. */
const publishBatch = async (
  broker: Pick<Broker, 'publish'>,
  batch: readonly OutgoingMessage[],
): Promise<Outcome> => {
  const sent: string[] = [];
  const lanes = [...Map.groupBy(batch, (message) => message.topic).values()];
  const settled = await Promise.allSettled(
    lanes.map(async (lane) => {
      for (const message of lane) {
        await broker.publish(message);
        sent.push(message.id);
      }
    }),
  );
  const failed = settled.find((lane) => lane.status === 'rejected');
  return { sent, failure: failed && new Error(String(failed.reason), { cause: failed.reason }) };
};
