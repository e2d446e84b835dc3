import { refuse } from '#schemas/result.ts';
import type { WorkGate } from '../ports/work-gate.ts';

export interface WorkGateBounds {
  readonly mostRunning: number;
  readonly mostWaiting: number;
  /** What those are told who find no room. */
  readonly retryAfterS: number;
}

/** A gate that is kept in memory: the work of one process on one machine's cores. */
export const createWorkGate = (bounds: WorkGateBounds): WorkGate => {
  const waiting: (() => void)[] = [];
  let running = 0;
  const enter = (): Promise<void> => {
    if (running < bounds.mostRunning) {
      running += 1;
      return Promise.resolve();
    }
    return new Promise((resolve) => void waiting.push(resolve));
  };
  const leave = (): void => {
    const next = waiting.shift();
    if (next === undefined) running -= 1;
    else next();
  };
  return {
    run: async (work) => {
      if (running >= bounds.mostRunning && waiting.length >= bounds.mostWaiting) {
        return refuse({ code: 'tooManyTries', retryAfterS: bounds.retryAfterS });
      }
      await enter();
      try {
        return await work();
      } finally {
        leave();
      }
    },
  };
};
