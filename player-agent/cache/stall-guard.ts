import type { Clock, Timer } from '#runtime/clock.ts';

/** How long nothing may come before the download is given up for now, in milliseconds. */
export const STALL_MS = 30_000;

/** Gives a download up when nothing comes. */
export interface StallGuard {
  readonly signal: AbortSignal;
  alive(): void;
  /** Nothing more of the body is wanted. */
  giveUp(): void;
  stop(): void;
}

/** A guard that gives up after `stallMs` without a sign of life. */
export const createStallGuard = (clock: Clock, stallMs = STALL_MS): StallGuard => {
  const controller = new AbortController();
  let timer: Timer | undefined;
  const alive = () => {
    timer?.cancel();
    timer = clock.at(clock.positionMs() + stallMs, () => controller.abort());
  };
  alive();
  return {
    signal: controller.signal,
    alive,
    giveUp: () => controller.abort(),
    stop: () => timer?.cancel(),
  };
};
