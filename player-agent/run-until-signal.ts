import type { Clock } from '#runtime/clock.ts';
import type { Logger } from '#runtime/logger.ts';

/** How long a clean stop may take before the process ends all the same, in milliseconds. */
const MAX_STOP_MS = 8_000;
const FAULT_STATUS = 1;

/** How a piece of work ended: as asked, by a fault, or to be begun anew. */
export type WorkEnd = 'stopped' | 'failed' | 'restart';

/** Ends one piece of work in order: on a signal, on a fault, or when asked. */
export interface UntilSignal {
  /** Stops and makes the run a failed one. */
  fault(error: unknown): void;
  stop(): Promise<void>;
  /** Ends it to be begun anew, unless it is ending already. */
  restart(): void;
  /** Calls `end` once when it is time, with what was the cause; resolves then. */
  run(end: (why: WorkEnd) => Promise<void>): Promise<WorkEnd>;
}

/** Listens to SIGINT, SIGTERM and SIGHUP from now on until the work has ended. */
export const untilSignal = (clock: Clock, logger: Logger): UntilSignal => {
  let why: WorkEnd | undefined;
  let tell: () => void = () => undefined;
  const told = new Promise<void>((resolve) => {
    tell = resolve;
  });
  let whenEnded: Promise<WorkEnd> = told.then(() => 'stopped');
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  // Who presses Ctrl-C twice must not cut off the stop that the first one began.
  const asked = () => {
    why ??= 'stopped';
    tell();
  };
  for (const signal of signals) process.on(signal, asked);
  const stop = async () => {
    asked();
    await whenEnded;
  };
  const end = async (ending: (why: WorkEnd) => Promise<void>): Promise<WorkEnd> => {
    await told;
    const overdue = clock.at(clock.positionMs() + MAX_STOP_MS, () => process.exit(FAULT_STATUS));
    logger.info({ event: 'agentStopping', why });
    await ending(why ?? 'stopped');
    overdue.cancel();
    for (const signal of signals) process.off(signal, asked);
    logger.info({ event: 'agentStopped' });
    return why ?? 'stopped';
  };
  return {
    fault: (error) => {
      why = 'failed';
      logger.fatal({ event: 'agentFault', error: String(error), stack: stackOf(error) });
      tell();
    },
    stop,
    restart: () => {
      why ??= 'restart';
      tell();
    },
    run: (ending) => {
      whenEnded = end(ending);
      return whenEnded;
    },
  };
};

const stackOf = (error: unknown): string | undefined =>
  error instanceof Error ? error.stack : undefined;
