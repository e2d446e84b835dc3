import type { Clock, Timer } from '#runtime/clock.ts';

/** How often health is sent, and how soon after a change, in milliseconds. */
export const HEALTH_EVERY_MS = 60_000;
const HEALTH_AFTER_CHANGE_MS = 1_000;

/** Sends health every minute, and soon after a change, never more often than once a second. */
export interface HealthReporter {
  changed(): void;
  stop(): void;
}

export interface HealthReporterOptions {
  readonly clock: Clock;
  readonly send: () => void;
}

/** A reporter that sends its first health soon. */
export const createHealthReporter = ({ clock, send }: HealthReporterOptions): HealthReporter => {
  let timer: Timer | undefined;
  let dueMs = Number.POSITIVE_INFINITY;
  const planFor = (atMs: number) => {
    if (atMs >= dueMs) return;
    timer?.cancel();
    dueMs = atMs;
    timer = clock.at(atMs, () => {
      dueMs = Number.POSITIVE_INFINITY;
      planFor(clock.positionMs() + HEALTH_EVERY_MS);
      send();
    });
  };
  const changed = () => planFor(clock.positionMs() + HEALTH_AFTER_CHANGE_MS);
  changed();
  return {
    changed,
    stop: () => {
      dueMs = Number.NEGATIVE_INFINITY;
      timer?.cancel();
    },
  };
};
