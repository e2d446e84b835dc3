import { type Clock, createId, type Entropy, type Timer } from '#runtime/clock.ts';
import { LIVE_BEAT_MS } from '#schemas/live-beat.ts';
import type { LiveFeed, LiveListener, LiveMessage } from '../ports/live-feed.ts';

/** Screens that may be open at once. */
export const MAX_LIVE_LISTENERS = 500;
/** Events that are remembered for a screen that lost its stream for a moment. */
export const REMEMBERED_EVENTS = 512;

/**
 * A feed in the memory of this process. Each listener that has no room is cut off and may come back
 * with the last id it heard; after a restart, or when more than `REMEMBERED_EVENTS` were missed, it
 * is told to read everything again. While somebody listens it beats every `LIVE_BEAT_MS`.
 * Source: issue 3, 2.
 */
export const createLiveFeed = (ports: {
  readonly clock: Clock;
  readonly entropy: Entropy;
}): LiveFeed => {
  const { clock } = ports;
  const run = createId(clock, ports.entropy);
  const listeners = new Set<LiveListener>();
  const remembered: LiveMessage[] = [];
  let last = 0;
  let isClosed = false;
  let timer: Timer | undefined;

  const lastId = (): string => `${run}-${last}`;
  const tell = (message: LiveMessage): void => {
    for (const listener of listeners) {
      if (!listener.take(message)) listeners.delete(listener);
    }
  };
  const beat = (): void => {
    timer = undefined;
    tell({ id: lastId(), event: { kind: 'beat' } });
    keepBeating();
  };
  const keepBeating = (): void => {
    if (timer !== undefined || listeners.size === 0) return;
    timer = clock.at(clock.positionMs() + LIVE_BEAT_MS, beat);
  };
  const missedSince = (id: string | undefined): readonly LiveMessage[] => {
    const now = { id: lastId(), event: { kind: 'beat' } } as const;
    if (id === undefined) return [now];
    const number = id.startsWith(`${run}-`) ? Number(id.slice(run.length + 1)) : Number.NaN;
    const isKnown = number <= last && number >= last - remembered.length;
    if (!isKnown) return [{ id: lastId(), event: { kind: 'resync' } }];
    return [...remembered.slice(remembered.length - (last - number)), now];
  };
  return {
    publish: (events) => {
      for (const event of events) {
        last += 1;
        const message = { id: lastId(), event };
        remembered.push(message);
        if (remembered.length > REMEMBERED_EVENTS) remembered.shift();
        tell(message);
      }
    },
    listen: (listener, id) => {
      if (isClosed || listeners.size >= MAX_LIVE_LISTENERS) return undefined;
      if (missedSince(id).every((message) => listener.take(message))) listeners.add(listener);
      keepBeating();
      return () => void listeners.delete(listener);
    },
    close: () => {
      isClosed = true;
      timer?.cancel();
      for (const listener of listeners) listener.end();
      listeners.clear();
    },
  };
};
