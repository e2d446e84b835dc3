import type { PlaybackRequest, PlayerEvent } from '../ports/player.ts';

/** Hands a playback's events out, and nothing after `finished`. */
export interface PlaybackOutlet {
  isOver(): boolean;
  emit(events: readonly PlayerEvent[]): void;
  /** The last events, then `finished`; a second call does nothing. */
  finish(events: readonly PlayerEvent[]): void;
  readonly finished: Promise<void>;
}

/** `onFinished` is called before the last events, so that what they cause finds the player free. */
export const createPlaybackOutlet = (
  onEvent: PlaybackRequest['onEvent'],
  onFinished: () => void,
): PlaybackOutlet => {
  const { promise: finished, resolve } = Promise.withResolvers<void>();
  let over = false;
  const emit = (events: readonly PlayerEvent[]) => {
    for (const event of events) onEvent(event);
  };
  return {
    isOver: () => over,
    emit: (events) => {
      if (!over) emit(events);
    },
    finish: (events) => {
      if (over) return;
      over = true;
      onFinished();
      emit([...events, { kind: 'finished' }]);
      resolve();
    },
    finished,
  };
};
