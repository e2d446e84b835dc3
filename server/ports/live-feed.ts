import type { LiveEvent } from '#schemas/live-event.ts';

/** An event with its place in the feed: `{run}-{number}`, numbers from 1 without a hole. */
export interface LiveMessage {
  readonly id: string;
  readonly event: LiveEvent;
}

/** Somebody who listens. */
export interface LiveListener {
  /** Takes a message at once, or says false: it has no room, is cut off and hears no more. */
  take(message: LiveMessage): boolean;
  /** The feed has ended. */
  end(): void;
}

/** What happens at the server, told to every open screen. */
export interface LiveFeed {
  publish(events: readonly LiveEvent[]): void;
  /**
   * Tells the listener first what came after the message `lastId`, or `resync` when that is no
   * longer known, and then everything that comes. Gives back how to stop listening. Undefined when
   * `MAX_LIVE_LISTENERS` listen, or the feed has ended.
   */
  listen(listener: LiveListener, lastId: string | undefined): (() => void) | undefined;
  /** Ends every listener; later ones are refused. */
  close(): void;
}
