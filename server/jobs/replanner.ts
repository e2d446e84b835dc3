import type { Logger } from '#runtime/logger.ts';
import type { Replan } from '../ports/replan.ts';

/** Makes plans in the background, one making at a time. */
export interface Replanner extends Replan {
  /** Resolves when no plan is being made; none is begun after that. */
  stop(): Promise<void>;
}

/**
 * Calls `run` for each request; requests that come while it runs are answered by one more run, so
 * that no change is missed and nothing piles up.
 */
export const createReplanner = (run: () => Promise<void>, log: Logger): Replanner => {
  let isStale = false;
  let isStopped = false;
  let running: Promise<void> | undefined;
  const work = async (): Promise<void> => {
    while (isStale && !isStopped) {
      isStale = false;
      try {
        await run();
      } catch (error) {
        log.error({ event: 'plansNotMade', error: String(error) });
      }
    }
    running = undefined;
  };
  return {
    request: (reason) => {
      if (isStopped) return;
      log.debug({ event: 'plansStale', reason });
      isStale = true;
      running ??= work();
    },
    stop: async () => {
      isStopped = true;
      await running;
    },
  };
};
