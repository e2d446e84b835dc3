import { LIVE_SILENCE_MS } from '#schemas/live-beat.ts';
import type { LiveEvent } from '#schemas/live-event.ts';
import { after, every, nowMs } from '../clock.ts';

/** How long to wait before the stream is opened again. */
const RETRY_MS = 1000;
/** How often silence is looked at: a break shows within the silence and this. */
const LOOK_MS = 100;

/** Whether what is shown moves by itself; `opening` until the first word of the server. */
export type LiveState = 'opening' | 'standing' | 'broken';

export interface LiveStream {
  readonly state: () => LiveState;
  /** Tells of changes of the state; the answer ends it. */
  readonly subscribe: (listener: () => void) => () => void;
  readonly close: () => void;
}

export interface LiveListener {
  readonly onEvent: (event: LiveEvent) => void;
  /** The stream stands, at first or again: whatever happened before was not told. */
  readonly onStanding: () => void;
}

/**
 * Listens to the server's events. A stream that ended or fell silent is broken, is said to be so,
 * and is opened again until it stands.
 */
export const openLiveStream = (url: string, { onEvent, onStanding }: LiveListener): LiveStream => {
  const listeners = new Set<() => void>();
  const now = { state: 'opening' as LiveState, heardMs: nowMs() };
  let source: EventSource | undefined;
  let cancelRetry = () => {};

  const become = (state: LiveState): void => {
    if (now.state === state) return;
    now.state = state;
    for (const listener of listeners) listener();
  };
  const open = (): void => {
    now.heardMs = nowMs();
    source = new EventSource(url);
    source.onmessage = ({ data }) => {
      now.heardMs = nowMs();
      if (now.state !== 'standing') onStanding();
      become('standing');
      onEvent(JSON.parse(data) as LiveEvent); // Our own server's word: schemas/live-event.ts.
    };
    source.onerror = fail;
  };
  const fail = (): void => {
    source?.close();
    source = undefined;
    become('broken');
    cancelRetry();
    cancelRetry = after(RETRY_MS, open);
  };
  const endLooking = every(LOOK_MS, () => {
    if (source !== undefined && nowMs() - now.heardMs >= LIVE_SILENCE_MS - LOOK_MS) fail();
  });
  open();
  return {
    state: () => now.state,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: () => {
      endLooking();
      cancelRetry();
      source?.close();
    },
  };
};
