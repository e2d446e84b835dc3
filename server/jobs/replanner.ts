import type { Logger } from '#runtime/logger.ts';
import type { Replan } from '../ports/replan.ts';
import { createOneAtATime } from './one-at-a-time.ts';

/** Makes plans in the background, one making at a time. */
export interface Replanner extends Replan {
  /** Resolves when no plan is being made; none is begun after that. */
  stop(): Promise<void>;
}

/** Calls `run` when plans are stale; what makes them stale meanwhile is answered by one more run. */
export const createReplanner = (run: () => Promise<void>, log: Logger): Replanner => {
  const making = createOneAtATime(run, (error) => {
    log.error({ event: 'plansNotMade', error: String(error) });
  });
  return {
    request: (reason) => {
      log.debug({ event: 'plansStale', reason });
      making.request();
    },
    stop: making.stop,
  };
};
