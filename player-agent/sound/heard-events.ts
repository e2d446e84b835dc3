import { lengthOf } from '#core/airtime/intervals.ts';
import { cutIntervals } from '#core/plan/intervals.ts';
import type { Clock, Timer } from '#runtime/clock.ts';
import type { Interval } from '#schemas/primitives.ts';
import { MAX_AUDIBLE_INTERVALS } from '#schemas/records/log-record.ts';
import type { LevelWindow, PlaybackRequest, PlayerEvent } from '../ports/player.ts';
import type { EndedEvent, Progress } from './item-sound.ts';
import { createLevelHistory, type LevelHistory, SILENCE_MS } from './level-history.ts';

/** A measurement that is later than this has stopped, and its sound was not measured. */
const LATE_MS = 1_000;
/** The player's own level is known this much before its sound is heard, at the most. */
const AHEAD_MS = 500;

/** A playback's events on their way through what was measured. */
export interface HeardEvents {
  happened(event: PlayerEvent): void;
  measured(window: LevelWindow): void;
  /** What left the player, and so what should be heard. */
  expected(window: LevelWindow): void;
  /** Nothing more will be measured. */
  unmeasured(): void;
  /**
   * The player's own progress, cut, and without the silence of any length that lasts until now: a
   * power cut must invent nothing. An item whose end is not told yet comes first.
   */
  progress(progress: Progress | null): Progress | null;
  readonly finished: Promise<void>;
}

const cutAll = (audible: readonly Interval[], silences: readonly Interval[]): Interval[] =>
  audible
    .flatMap((interval) => cutIntervals(interval, silences))
    .map(({ fromMs, toMs }) => ({ fromMs: Math.ceil(fromMs), toMs: Math.floor(toMs) }))
    .filter(({ fromMs, toMs }) => toMs > fromMs)
    .slice(0, MAX_AUDIBLE_INTERVALS);

const withSilences = (event: EndedEvent, silences: readonly Interval[]): EndedEvent => {
  const audible = cutAll(event.audible, silences);
  if (lengthOf(audible) === lengthOf(event.audible)) return event;
  const outcome = audible.length === 0 ? 'none' : 'part';
  return { ...event, audible, outcome, reason: 'silentSpeaker' };
};

interface Measuring {
  readonly history: LevelHistory;
  /** Where the playback's first sound was. */
  readonly fromMs: number;
  readonly isRunning: boolean;
  /** Whether the whole playback has ended. */
  readonly isOver: boolean;
}

/** Until when an item's end must wait for what is still to be measured; null when it need not. */
const heldUntilMs = ({ played }: EndedEvent, measuring: Measuring): number | null => {
  const { history, fromMs, isRunning, isOver } = measuring;
  if (!isRunning) return null;
  if (history.measuredUntilMs() < played.toMs) return played.toMs + LATE_MS;
  const open = isOver ? null : history.openSilence(fromMs);
  const mayGrow = open !== null && open.fromMs < played.toMs && lengthOf([open]) < SILENCE_MS;
  return mayGrow ? played.toMs + SILENCE_MS + LATE_MS : null;
};

/** Holds each event back until it is measured what could be heard of it. */
export const createHeardEvents = (
  clock: Clock,
  { onEvent, onSilence }: Pick<PlaybackRequest, 'onEvent' | 'onSilence'>,
): HeardEvents => {
  const history = createLevelHistory('capture');
  const own = createLevelHistory('player');
  const waiting: PlayerEvent[] = [];
  const { promise: finished, resolve } = Promise.withResolvers<void>();
  let timer: Timer | null = null;
  let fromMs: number | null = null;
  let lastToMs = 0;
  let over = false;
  let running = true;
  let isSilent: boolean | null = null;

  /** The playback so far; what was silent before and after it says nothing about it. */
  const sounding = () => ({
    fromMs: fromMs ?? 0,
    toMs: over ? lastToMs : Math.max(lastToMs, history.measuredUntilMs()),
  });
  /** Nothing is missed where nothing left the player. */
  const isMissed = ({ fromMs, toMs }: Interval): boolean =>
    !own.isSilentDuring({ fromMs, toMs: toMs - AHEAD_MS });
  const silences = () => history.silences(sounding()).filter(isMissed);
  const tellSilence = () => {
    const open = over || fromMs === null ? null : history.openSilence(fromMs);
    const isHeard = open === null && fromMs !== null && history.measuredUntilMs() > fromMs;
    const isLost = open !== null && lengthOf([open]) >= SILENCE_MS && isMissed(open);
    if (isHeard === isLost || isSilent === isLost) return;
    isSilent = isLost;
    onSilence?.(isLost);
  };
  const tell = (event: PlayerEvent) => {
    if (event.kind !== 'ended') return onEvent(event);
    const cut = withSilences(event, silences());
    const { played } = event;
    const measurement =
      history.measure(played, silences()) ?? own.measure(played, own.silences(played));
    onEvent({ ...cut, measurement });
    for (const each of [history, own]) each.forgetBefore(played.toMs - SILENCE_MS - LATE_MS);
  };
  const pump = () => {
    timer?.cancel();
    for (let event = waiting[0]; event !== undefined; event = waiting[0]) {
      const measuring = { history, fromMs: fromMs ?? 0, isRunning: running, isOver: over };
      const untilMs = event.kind === 'ended' ? heldUntilMs(event, measuring) : null;
      if (untilMs !== null && clock.positionMs() < untilMs) {
        timer = clock.at(untilMs, pump);
        return;
      }
      waiting.shift();
      tell(event);
      if (event.kind === 'finished') resolve();
    }
  };
  return {
    finished,
    happened: (event) => {
      if (event.kind === 'audible') fromMs ??= event.fromPosMs;
      if (event.kind === 'ended') lastToMs = event.played.toMs;
      if (event.kind === 'finished') over = true;
      waiting.push(event);
      pump();
    },
    measured: (window) => {
      history.add(window);
      tellSilence();
      pump();
    },
    expected: own.add,
    unmeasured: () => {
      running = false;
      pump();
    },
    progress: (progress) => {
      const held = waiting.find((event) => event.kind === 'ended');
      const told = held ?? progress;
      if (told === null) return null;
      const open = history.openSilence(fromMs ?? 0);
      const cuts = open === null ? silences() : [...silences(), open];
      const { index, played, audible } = told;
      return { index, played, audible: cutAll(audible, cuts) };
    },
  };
};
