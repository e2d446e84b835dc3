import type { Clock, Timer } from '#runtime/clock.ts';
import type { Anchor } from '#schemas/records/clock-state.ts';
import type { SystemTime } from '../ports/system-time.ts';

/** How often the system is asked while it vouches for its clock, in milliseconds. */
const LOOK_EVERY_MS = 600_000;
/** How soon it is asked again while it does not, or when its clock has jumped. */
const LOOK_AGAIN_MS = 30_000;
/** How fast the kernel may turn the clock, in parts per million. Source: adjtime(3), Linux. */
const MAX_SLEW_PPM = 500;
/** What reading two clocks one after the other may cost on a loaded machine, in milliseconds. */
const READING_MS = 50;

export interface NtpWatchOptions {
  readonly clock: Clock;
  readonly systemTime: SystemTime;
  readonly offer: (anchor: Anchor) => void;
  readonly track: (work: Promise<unknown>) => void;
}

interface Reading {
  readonly posMs: number;
  readonly wallMs: number;
}

/**
 * Offers the system's wall clock as an anchor while the system vouches for it at two looks in a row
 * and it has not jumped between them: a clock that somebody sets by hand is believed no more.
 */
export const startNtpWatch = (options: NtpWatchOptions): { stop(): void } => {
  const { clock, systemTime, offer } = options;
  let before: Reading | null = null;
  let timer: Timer | undefined;
  let isStopped = false;
  const look = async () => {
    const uncertaintyMs = await systemTime.uncertaintyMs();
    if (isStopped) return;
    const now = { posMs: clock.positionMs(), wallMs: clock.wallMs() };
    const isSteady = before !== null && goesSteadily(before, now);
    before = uncertaintyMs === null ? null : now;
    if (uncertaintyMs !== null && isSteady) offer(readingToAnchor(now, uncertaintyMs));
    lookIn(uncertaintyMs !== null && isSteady ? LOOK_EVERY_MS : LOOK_AGAIN_MS);
  };
  const lookIn = (ms: number) => {
    timer = clock.at(clock.positionMs() + ms, () => options.track(look()));
  };
  lookIn(0);
  return {
    stop: () => {
      isStopped = true;
      timer?.cancel();
    },
  };
};

const goesSteadily = (before: Reading, now: Reading): boolean => {
  const passedMs = now.posMs - before.posMs;
  const offMs = Math.abs(now.wallMs - before.wallMs - passedMs);
  return offMs <= READING_MS + (passedMs * MAX_SLEW_PPM) / 1_000_000;
};

const readingToAnchor = ({ posMs, wallMs }: Reading, uncertaintyMs: number): Anchor => ({
  posMs: Math.floor(posMs),
  wallMs: Math.round(wallMs - (posMs - Math.floor(posMs))),
  uncertaintyMs: uncertaintyMs + 1,
  source: 'ntp',
});
