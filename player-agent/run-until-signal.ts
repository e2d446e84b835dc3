import type { Clock } from '#runtime/clock.ts';
import type { Logger } from '#runtime/logger.ts';

/** How long a clean stop may take before the process ends all the same, in milliseconds. */
const MAX_STOP_MS = 8_000;
const FAULT_STATUS = 1;

/** Ends one piece of work in order: on a signal, on a fault, or when asked. */
export interface UntilSignal {
  /** Stops and makes the run a failed one. */
  fault(error: unknown): void;
  stop(): Promise<void>;
  /** Calls `end` once when it is time; resolves then, true unless a fault was the cause. */
  run(end: () => Promise<void>): Promise<boolean>;
}

/** Listens to SIGINT, SIGTERM and SIGHUP from now on until the work has ended. */
export const untilSignal = (clock: Clock, logger: Logger): UntilSignal => {
  let isFault = false;
  let tell: () => void = () => undefined;
  const told = new Promise<void>((resolve) => {
    tell = resolve;
  });
  let whenEnded: Promise<boolean> = told.then(() => true);
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  // Who presses Ctrl-C twice must not cut off the stop that the first one began.
  for (const signal of signals) process.on(signal, tell);
  const stop = async () => {
    tell();
    await whenEnded;
  };
  const end = async (ending: () => Promise<void>): Promise<boolean> => {
    await told;
    const overdue = clock.at(clock.positionMs() + MAX_STOP_MS, () => process.exit(FAULT_STATUS));
    logger.info({ event: 'agentStopping' });
    await ending();
    overdue.cancel();
    for (const signal of signals) process.off(signal, tell);
    logger.info({ event: 'agentStopped' });
    return !isFault;
  };
  return {
    fault: (error) => {
      isFault = true;
      logger.fatal({ event: 'agentFault', error: String(error), stack: stackOf(error) });
      tell();
    },
    stop,
    run: (ending) => {
      whenEnded = end(ending);
      return whenEnded;
    },
  };
};

const stackOf = (error: unknown): string | undefined =>
  error instanceof Error ? error.stack : undefined;
