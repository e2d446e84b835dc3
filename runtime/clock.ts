import { randomBytes } from 'node:crypto';
import { v7 } from 'uuid';

/** A timer that was set; `cancel` is harmless once it has fired. */
export interface Timer {
  cancel(): void;
}

/**
 * Time as the shell knows it. `positionMs` is monotonic, counts from the clock's making and stands
 * still for nobody; `wallMs` is what the system believes and may jump. Timers follow `positionMs`.
 * The one place where ambient time is read is `systemClock`. Source: DESIGN.md, rules.
 */
export interface Clock {
  /** System wall time in epoch milliseconds; not to be trusted by itself on a speaker. */
  wallMs(): number;
  /** Monotonic milliseconds with fractions since this clock was made. */
  positionMs(): number;
  /**
   * Calls `action` once when `positionMs` has reached `atPositionMs`. The runtime's timers count whole
   * milliseconds; for what must be `exact` the program stands still for the last of them.
   */
  at(atPositionMs: number, action: () => void, precision?: 'exact'): Timer;
}

/** Randomness as the shell knows it; tests hand in one with a seed. */
export interface Entropy {
  bytes(count: number): Uint8Array;
}

/** The longest delay that a timer of the runtime keeps without overflowing. */
const MAX_TIMER_MS = 2_000_000_000;

/** So much of the way to an exact instant the program stands still, in milliseconds. */
const STANDSTILL_MS = 3;
const standstill = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));

/** The machine's own clock. */
export const systemClock = (): Clock => {
  const origin = performance.now();
  const positionMs = () => performance.now() - origin;
  const at: Clock['at'] = (atPositionMs, action, precision): Timer => {
    const earlyMs = precision === 'exact' ? STANDSTILL_MS : 0;
    const restMs = () => atPositionMs - positionMs();
    const delayMs = () => Math.min(Math.max(restMs() - earlyMs, 0), MAX_TIMER_MS);
    const check = () => {
      const isNear = restMs() <= earlyMs;
      while (isNear && restMs() > 0) Atomics.wait(standstill, 0, 0, restMs());
      if (isNear) action();
      else handle = setTimeout(check, delayMs());
    };
    let handle = setTimeout(check, delayMs());
    return { cancel: () => clearTimeout(handle) };
  };
  return { wallMs: () => Date.now(), positionMs, at };
};

/** The machine's own randomness. */
export const systemEntropy: Entropy = { bytes: (count) => randomBytes(count) };

/** A promise that is kept `ms` milliseconds from now by the clock's position. */
export const wait = (clock: Clock, ms: number): Promise<void> =>
  new Promise((resolve) => {
    clock.at(clock.positionMs() + ms, resolve);
  });

/** A fresh UUIDv7 at the clock's wall time. Source: RFC 9562, 5.7. */
export const createId = (clock: Clock, entropy: Entropy): string =>
  v7({ msecs: Math.max(0, Math.floor(clock.wallMs())), random: entropy.bytes(16) });

/** Lets everything that waits for this process go first; for work that would hold it up too long. */
export const breathe = (): Promise<void> =>
  new Promise((resolve) => {
    setImmediate(resolve);
  });
