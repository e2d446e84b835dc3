import type { Clock, Timer } from '#runtime/clock.ts';

/** A clock whose timers die with the boot it belongs to, as after a power cut. */
export interface FakeBootClock extends Clock {
  /** No timer of this boot fires any more, and none that is set later. */
  stop(): void;
}

/**
 * A clock that stands still until a test moves it. Timers fire in the order of their positions, and
 * after each instant every settle hook is awaited, so that real disk and real broker can catch up.
 */
export interface FakeClock extends Clock {
  /** A clock whose position counts from now: hand one to each run of an agent and to its player. */
  boot(): FakeBootClock;
  /** Moves on by `ms`, stopping at every timer on the way. */
  advance(ms: number): Promise<void>;
  /** Moves on to the wall instant; it must not lie in the past. */
  advanceToWall(wallMs: number): Promise<void>;
  /** Lets the system's wall clock jump; positions and timers do not notice. */
  jumpWall(byMs: number): void;
  /** Awaited after every instant at which timers fired, and at the end of `advance`. */
  onSettle(hook: () => Promise<unknown>): () => void;
  /** Lets everything that is under way come to rest, without moving time. */
  settle(): Promise<void>;
}

interface Entry {
  readonly atMs: number;
  readonly order: number;
  readonly action: () => void;
}

/** One turn of the event loop: everything that can happen at once has happened. */
export const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** A fake clock that starts at the wall instant `wallMs`. */
export const createFakeClock = (wallMs: number): FakeClock => {
  let nowMs = 0;
  let wallOffsetMs = wallMs;
  let order = 0;
  const entries = new Set<Entry>();
  const hooks = new Set<() => Promise<unknown>>();

  const settle = async () => {
    await turn();
    for (const hook of hooks) await hook();
    await turn();
  };
  const at = (atMs: number, action: () => void): Timer => {
    const entry = { atMs: Math.max(atMs, nowMs), order: order++, action };
    entries.add(entry);
    return { cancel: () => void entries.delete(entry) };
  };
  const next = (): Entry | undefined => {
    let first: Entry | undefined;
    for (const entry of entries) {
      if (first === undefined || isBefore(entry, first)) first = entry;
    }
    return first;
  };
  const fireUpTo = async (targetMs: number): Promise<void> => {
    for (let entry = next(); entry !== undefined && entry.atMs <= targetMs; entry = next()) {
      entries.delete(entry);
      nowMs = entry.atMs;
      entry.action();
      const following = next();
      if (following === undefined || following.atMs > nowMs) await settle();
    }
  };
  const advance = async (ms: number): Promise<void> => {
    const targetMs = nowMs + ms;
    await settle();
    await fireUpTo(targetMs);
    nowMs = targetMs;
    await settle();
  };
  const wall = () => wallOffsetMs + nowMs;

  return {
    wallMs: wall,
    positionMs: () => nowMs,
    at,
    boot: () => createBootClock({ wallMs: wall, positionMs: () => nowMs, at }),
    advance,
    advanceToWall: (toMs) => advance(Math.max(0, toMs - wall())),
    jumpWall: (byMs) => {
      wallOffsetMs += byMs;
    },
    onSettle: (hook) => {
      hooks.add(hook);
      return () => void hooks.delete(hook);
    },
    settle,
  };
};

const isBefore = (a: Entry, b: Entry): boolean =>
  a.atMs < b.atMs || (a.atMs === b.atMs && a.order < b.order);

const createBootClock = (root: Clock): FakeBootClock => {
  const originMs = root.positionMs();
  let stopped = false;
  return {
    wallMs: root.wallMs,
    positionMs: () => root.positionMs() - originMs,
    at: (atPositionMs, action) =>
      root.at(atPositionMs + originMs, () => {
        if (!stopped) action();
      }),
    stop: () => {
      stopped = true;
    },
  };
};
