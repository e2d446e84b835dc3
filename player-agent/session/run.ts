import type { Run } from '#core/playback/choose-run.ts';
import type { Clock, Timer } from '#runtime/clock.ts';
import type { Slot } from '#schemas/playlist.ts';
import type { Interval } from '#schemas/primitives.ts';
import type { EndReason } from '#schemas/records/reasons.ts';
import { CHECKPOINT_MS } from '../log/checkpoint.ts';
import type { Playback, Player, PlayerEvent, PlayerItem } from '../ports/player.ts';
import { type EndedBody, soundToEndedBody } from './ended-body.ts';

type Ended = Extract<PlayerEvent, { kind: 'ended' }>;

/** What a run tells the director; each is done before the next is told. */
export interface RunEvents {
  /** An item began to sound. */
  readonly onAudible: () => Promise<void>;
  /** What has sounded so far, every 5 s. */
  readonly onCheckpoint: (body: EndedBody) => Promise<void>;
  /** An item is over; `slotIndex` of its session. */
  readonly onEnded: (ended: {
    readonly slotIndex: number;
    readonly body: EndedBody;
  }) => Promise<void>;
  readonly onFinished: () => Promise<void>;
}

export interface RunOptions {
  readonly run: Run;
  readonly volume: number;
  readonly player: Player;
  readonly clock: Clock;
  readonly events: RunEvents;
  /** Runs a step after all steps before it. */
  readonly enqueue: (step: () => Promise<void>) => void;
}

/** What is still to sound of a run. */
export interface RunRest {
  readonly items: readonly Slot[];
  readonly startPosMs: number;
  readonly skipMs: number;
}

/** One list on its way through the player. */
export interface ActiveRun {
  readonly run: Run;
  /** Loads the items; false when the player could not. */
  prepare(items: readonly PlayerItem[]): Promise<boolean>;
  /** Lets it sound from the position on. */
  start(atPosMs: number): void;
  /** Ends it; its last record says why. `onFinished` follows if it was prepared. */
  stop(reason: EndReason): Promise<void>;
  isStopped(): boolean;
  /** The slot that sounds now. */
  sounding(): Slot | null;
  rest(): RunRest | null;
}

/** A run that has not been loaded yet. */
export const createActiveRun = (options: RunOptions): ActiveRun => {
  const { run, clock, events } = options;
  const items = run.segment.items;
  let playback: Playback | undefined;
  let stopReason: EndReason | undefined;
  let at: { readonly index: number; readonly fromPosMs: number; sounds: boolean } | undefined;
  let tick: Timer | undefined;

  const skipOf = (index: number) => (index === 0 ? run.segment.skipMs : 0);
  const bodyOf = (
    index: number,
    sound: Pick<Ended, 'played' | 'audible' | 'outcome' | 'measurement'>,
    reason: EndReason | null,
  ): EndedBody | undefined => {
    const slot = items[index]?.slot;
    if (slot === undefined) return undefined;
    const { candidate } = run;
    const { volume } = options;
    return soundToEndedBody({ candidate, slot, volume, skipMs: skipOf(index), ...sound, reason });
  };
  const checkpoint = async () => {
    const progress = playback?.progress();
    if (progress === null || progress === undefined) return;
    const { index, played, audible } = progress;
    const outcome = audible.length === 0 ? 'none' : 'part';
    const body = bodyOf(index, { played, audible, outcome, measurement: null }, 'powerLoss');
    if (body !== undefined) await events.onCheckpoint(body);
  };
  const tickOn = () => {
    tick?.cancel();
    tick = clock.at(clock.positionMs() + CHECKPOINT_MS, () => {
      tickOn();
      options.enqueue(checkpoint);
    });
  };
  const onAudible = (index: number, fromPosMs: number) => {
    at = { index, fromPosMs, sounds: true };
    tickOn();
    options.enqueue(async () => {
      const played: Interval = { fromMs: fromPosMs, toMs: fromPosMs };
      const sound = { played, audible: [], outcome: 'none', measurement: null } as const;
      const body = bodyOf(index, sound, 'powerLoss');
      if (body !== undefined) await events.onCheckpoint(body);
      await events.onAudible();
    });
  };
  const onEnded = (event: Ended) => {
    tick?.cancel();
    at = { index: event.index + 1, fromPosMs: event.played.toMs, sounds: false };
    const reason = event.reason === 'stopped' ? (stopReason ?? 'stopped') : event.reason;
    const body = bodyOf(event.index, event, reason);
    const slotIndex = items[event.index]?.slotIndex;
    if (body === undefined || slotIndex === undefined) return;
    options.enqueue(() => events.onEnded({ slotIndex, body }));
  };
  const onEvent = (event: PlayerEvent) => {
    if (event.kind === 'audible') onAudible(event.index, event.fromPosMs);
    else if (event.kind === 'ended') onEnded(event);
    else options.enqueue(events.onFinished);
  };
  return {
    run,
    prepare: async (playerItems) => {
      const { skipMs } = run.segment;
      const { volume } = options;
      const prepared = await options.player.prepare({
        items: playerItems,
        volume,
        skipMs,
        onEvent,
      });
      if (prepared.ok) playback = prepared.value;
      return prepared.ok;
    },
    start: (atPosMs) => {
      at = { index: 0, fromPosMs: atPosMs, sounds: false };
      playback?.start(atPosMs);
    },
    stop: async (reason) => {
      stopReason ??= reason;
      tick?.cancel();
      await playback?.stop();
    },
    isStopped: () => stopReason !== undefined,
    sounding: () => (at?.sounds ? (items[at.index]?.slot ?? null) : null),
    rest: () => {
      if (at === undefined) return null;
      const slots = items.slice(at.index).map(({ slot }) => slot);
      return { items: slots, startPosMs: at.fromPosMs, skipMs: skipOf(at.index) };
    },
  };
};
