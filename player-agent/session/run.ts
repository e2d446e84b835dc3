import type { Run } from '#core/playback/choose-run.ts';
import type { Clock } from '#runtime/clock.ts';
import type { Slot } from '#schemas/playlist.ts';
import type { EndReason } from '#schemas/records/reasons.ts';
import type { Playback, Player, PlayerEvent, PlayerItem } from '../ports/player.ts';
import type { EndedBody } from './ended-body.ts';
import { createRunBodies } from './run-bodies.ts';
import { createTicker } from './ticker.ts';

/** What a run tells the performer; each is done before the next is told. */
export interface RunEvents {
  /** An item began to sound. */
  readonly onAudible: () => Promise<void>;
  /** What has sounded so far: at the start of each item and every 5 s. */
  readonly onCheckpoint: (body: EndedBody) => Promise<void>;
  /** An item is over. */
  readonly onEnded: (body: EndedBody) => Promise<void>;
  readonly onFinished: () => Promise<void>;
  /** Nothing is heard of what sounds, or it is heard again. */
  readonly onSilence: (isSilent: boolean) => void;
}

export interface RunOptions {
  readonly run: Run;
  readonly volume: number;
  /** How long the first item takes to reach the volume, in milliseconds. */
  readonly softStartMs: number;
  readonly player: Player;
  readonly clock: Clock;
  readonly events: RunEvents;
  /** Runs a step after all steps before it. */
  readonly enqueue: (step: () => Promise<void>) => void;
}

/** The item that sounds, or that sounds first. */
export interface CurrentItem {
  readonly slot: Slot;
  /** The position at which it began, or will. */
  readonly fromPosMs: number;
  readonly skipMs: number;
}

/** One list on its way through the player. */
export interface ActiveRun {
  readonly run: Run;
  /** Loads the items; false when the player could not, or it was stopped meanwhile. */
  prepare(items: readonly PlayerItem[]): Promise<boolean>;
  /** Lets it sound from the position on. */
  start(atPosMs: number): void;
  /** Whether it has come so far that `onFinished` follows its end. */
  isLoaded(): boolean;
  /** Ends it, also while it is loaded; the last record says why. */
  stop(reason: EndReason): Promise<void>;
  isStopped(): boolean;
  /** The slot that sounds now. */
  sounding(): Slot | null;
  /** Null while the list is being loaded. */
  current(): CurrentItem | null;
}

/** A run that has not been loaded yet. */
export const createActiveRun = (options: RunOptions): ActiveRun => {
  const { run, events, enqueue, volume } = options;
  const { items, skipMs } = run.segment;
  const bodies = createRunBodies(run, volume);
  let playback: Playback | undefined;
  let stopReason: EndReason | undefined;
  const loading = new AbortController();
  let at: { readonly index: number; readonly fromPosMs: number; sounds: boolean } | undefined;
  const checkpoint = (body: EndedBody | undefined) => {
    if (body !== undefined) enqueue(() => events.onCheckpoint(body));
  };
  const ticker = createTicker(options.clock, () => {
    const progress = playback?.progress() ?? null;
    if (progress !== null) checkpoint(bodies.soFar(progress));
  });
  const onEvent = (event: PlayerEvent) => {
    if (event.kind === 'audible') {
      at = { index: event.index, fromPosMs: event.fromPosMs, sounds: true };
      checkpoint(bodies.begun(event.index, event.fromPosMs));
      ticker.start();
      enqueue(events.onAudible);
    } else if (event.kind === 'ended') {
      at = { index: event.index + 1, fromPosMs: event.played.toMs, sounds: false };
      ticker.stop();
      const body = bodies.ended(event, stopReason ?? 'stopped');
      if (body !== undefined) enqueue(() => events.onEnded(body));
    } else enqueue(events.onFinished);
  };
  return {
    run,
    prepare: async (playerItems) => {
      const { softStartMs } = options;
      const { onSilence } = events;
      const { signal } = loading;
      const isUrgent = run.candidate.emergency !== undefined;
      const how = { volume, softStartMs, skipMs, signal, isUrgent };
      const prepared = await options.player.prepare({
        ...{ items: playerItems, ...how, onEvent, onSilence },
      });
      if (!prepared.ok) return false;
      playback = prepared.value;
      if (stopReason !== undefined) await playback.stop();
      return stopReason === undefined;
    },
    isLoaded: () => playback !== undefined,
    start: (atPosMs) => {
      at = { index: 0, fromPosMs: atPosMs, sounds: false };
      playback?.start(atPosMs);
    },
    stop: async (reason) => {
      stopReason ??= reason;
      ticker.stop();
      loading.abort();
      await playback?.stop();
    },
    isStopped: () => stopReason !== undefined,
    sounding: () => (at?.sounds ? (items[at.index] ?? null) : null),
    current: () => {
      const slot = at === undefined ? undefined : items[at.index];
      if (at === undefined || slot === undefined) return null;
      return { slot, fromPosMs: at.fromPosMs, skipMs: at.index === 0 ? skipMs : 0 };
    },
  };
};
