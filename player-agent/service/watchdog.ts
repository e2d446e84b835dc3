import type { Clock, Timer } from '#runtime/clock.ts';

/** How often in the time that the service manager grants life is looked for. */
const LOOKS = 3;

export interface WatchdogOptions {
  readonly clock: Clock;
  /** Within what time a sign of life is wanted, in milliseconds. */
  readonly withinMs: number;
  /** Whether the loop that plays goes round; does not resolve while it hangs. */
  readonly lives: () => Promise<boolean>;
  readonly alive: () => void;
}

/**
 * Asks the loop that plays three times in the granted time whether it goes round, and passes on only
 * what that loop itself answers: a loop that hangs gives no sign, however many timers still fire.
 */
export const startWatchdog = ({ clock, withinMs, lives, alive }: WatchdogOptions) => {
  let timer: Timer | undefined;
  let isAsked = false;
  let isStopped = false;
  const ask = async () => {
    isAsked = true;
    if ((await lives()) && !isStopped) alive();
    isAsked = false;
  };
  const round = () => {
    timer = clock.at(clock.positionMs() + withinMs / LOOKS, round);
    if (!isAsked) void ask();
  };
  round();
  return {
    stop: () => {
      isStopped = true;
      timer?.cancel();
    },
  };
};
