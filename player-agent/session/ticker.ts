import type { Clock, Timer } from '#runtime/clock.ts';
import { CHECKPOINT_MS } from '../log/checkpoint.ts';

/** Ticks every `CHECKPOINT_MS` from its start on. */
export interface Ticker {
  /** Counts from now. */
  start(): void;
  stop(): void;
}

/** A ticker at rest. */
export const createTicker = (clock: Clock, tick: () => void): Ticker => {
  let timer: Timer | undefined;
  const start = () => {
    timer?.cancel();
    timer = clock.at(clock.positionMs() + CHECKPOINT_MS, () => {
      start();
      tick();
    });
  };
  return { start, stop: () => timer?.cancel() };
};
