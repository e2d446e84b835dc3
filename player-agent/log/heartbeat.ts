import { positionAt, uncertaintyAt } from '#core/playback/wall-anchor.ts';
import type { Clock, Timer } from '#runtime/clock.ts';
import { addDays, createDayTable, localDayAt } from '#runtime/day-table.ts';
import type { Anchor } from '#schemas/records/clock-state.ts';

/** How often a heartbeat is written, in milliseconds. Source: AIRTIME.md, 2. */
export const HEARTBEAT_MS = 3_600_000;

export interface HeartbeatOptions {
  readonly clock: Clock;
  readonly anchor: () => Anchor | null;
  /** The site's zone, as it is known now. */
  readonly zone: () => string;
  readonly beat: () => void;
}

/** Beats hourly and right after each local midnight. */
export interface Heartbeat {
  /** Looks again at when the next one is due: after the start, and when the anchor was moved. */
  plan(): void;
  stop(): void;
}

/** A heartbeat that has not begun. */
export const createHeartbeat = (options: HeartbeatOptions): Heartbeat => {
  const { clock } = options;
  let lastMs = clock.positionMs();
  let timer: Timer | undefined;
  let isStopped = false;
  const plan = () => {
    timer?.cancel();
    if (isStopped) return;
    const hourlyMs = lastMs + HEARTBEAT_MS;
    timer = clock.at(Math.min(hourlyMs, afterMidnightMs(options) ?? hourlyMs), () => {
      lastMs = clock.positionMs();
      options.beat();
      plan();
    });
  };
  const stop = () => {
    isStopped = true;
    timer?.cancel();
  };
  return { plan, stop };
};

/** The first position at which the next local midnight has passed for certain. */
const afterMidnightMs = ({ clock, anchor, zone }: HeartbeatOptions): number | undefined => {
  const held = anchor();
  if (held === null) return undefined;
  const posMs = clock.positionMs();
  const surelyMs = held.wallMs + (posMs - held.posMs) - uncertaintyAt(held, posMs);
  const tomorrow = addDays(localDayAt(surelyMs, zone()), 1);
  const midnightMs = createDayTable(zone(), tomorrow, 1)[0]?.startMs;
  if (midnightMs === undefined) return undefined;
  const atMs = positionAt(held, midnightMs);
  // While midnight becomes certain the uncertainty still grows, by less than a millisecond.
  return atMs + uncertaintyAt(held, atMs + uncertaintyAt(held, atMs)) + 2;
};
