import type { PlayerEvent } from '../ports/player.ts';
import {
  createItemSound,
  type EndedEvent,
  endedOf,
  type ItemSound,
  markFault,
  type Progress,
  progressOf,
  SHORT_MS,
  silenceSound,
} from './item-sound.ts';
import { createListTimes } from './list-times.ts';
import { createSoundOrigin } from './sound-origin.ts';

/**
 * What the player said of its sound: at some position in `[fromPosMs, toPosMs]` the output was at
 * `itemMs` of the item `index`; negative while that item is open and the one before still sounds.
 */
export interface SoundSample {
  readonly index: number;
  readonly itemMs: number;
  readonly fromPosMs: number;
  readonly toPosMs: number;
}

export interface TimelineOptions {
  readonly durationsMs: readonly number[];
  /** How much of the first item is left out, in milliseconds. */
  readonly skipMs: number;
  readonly silenced: boolean;
  /** The position at which the first sample was let out. */
  readonly releasePosMs: number;
}

/**
 * The decision what has really sounded, and when, from what was asked and what was seen. It claims
 * nothing beyond the last sample but an end that a later sample, or an empty output, has passed.
 */
export interface Timeline {
  observe(sample: SoundSample): PlayerEvent[];
  /** The item cannot be played, or not further than was seen. */
  failed(index: number): void;
  /** From the position on the output is turned down to nothing, or up again. */
  silence(on: boolean, posMs: number): void;
  /** Nothing is left to play and the output has run empty at the position. */
  drained(posMs: number): PlayerEvent[];
  /** The sound was ended from outside, where the last sample saw it. */
  cut(reason: 'stopped' | 'playerFailed'): PlayerEvent[];
  /** Where the sound will have ended, as it is dated now. */
  endPosMs(): number;
  progressPosMs(): number;
  progress(): Progress | null;
}

/** Samples in, events out; it reads no clock. Source: PLATFORM.md, sound. */
export const createTimeline = (options: TimelineOptions): Timeline => {
  const origin = createSoundOrigin(options.releasePosMs);
  const list = createListTimes(options.durationsMs, options.skipMs);
  let silenced = options.silenced;
  let heard = false;
  let item: ItemSound | null = createItemSound(0, options.releasePosMs, silenced);

  const enter = (index: number, posMs: number): PlayerEvent[] => {
    item = index < list.count ? createItemSound(index, posMs, silenced) : null;
    if (item === null || silenced || list.isBroken(index)) return [];
    return [{ kind: 'audible', index, fromPosMs: Math.round(posMs) }];
  };
  const leave = (posMs: number, reason: EndedEvent['reason']): PlayerEvent[] => {
    const left = item;
    item = null;
    return left === null ? [] : [endedOf(left, Math.max(posMs, left.fromPosMs), reason)];
  };
  const advance = (toMs: number): PlayerEvent[] => {
    const events: PlayerEvent[] = [];
    while (item !== null && toMs >= list.startMs(item.index + 1)) {
      const { index } = item;
      const posMs = origin.posMsOf(list.startMs(index + 1));
      const reason = list.isBroken(index) ? 'playerFailed' : null;
      events.push(...leave(posMs, reason), ...enter(index + 1, posMs));
    }
    return events;
  };
  const failed = (index: number) => list.breakOff(index, origin.seenMs());
  const seenPosMs = () => origin.posMsOf(origin.seenMs());
  const endPosMs = () => origin.posMsOf(list.startMs(list.count));
  return {
    observe: ({ index, itemMs, fromPosMs, toPosMs }) => {
      const listMs = list.placeMs(index, itemMs);
      if (item === null || listMs <= origin.seenMs()) return [];
      const fault = origin.observe({ listMs, fromPosMs, toPosMs });
      if (fault !== null) markFault(item, fault);
      const events = heard ? [] : enter(0, origin.posMsOf(0));
      heard = true;
      return [...events, ...advance(listMs)];
    },
    failed,
    silence: (on, posMs) => {
      if (on !== silenced && item !== null) silenceSound(item, on, posMs);
      silenced = on;
    },
    drained: (posMs) => {
      const isWhole = endPosMs() <= posMs + SHORT_MS;
      for (let at = item?.index ?? list.count; !isWhole && at < list.count; at += 1) failed(at);
      return advance(list.startMs(list.count));
    },
    cut: (reason) => leave(seenPosMs(), reason),
    endPosMs,
    progressPosMs: origin.progressPosMs,
    progress: () => (item === null || !heard ? null : progressOf(item, seenPosMs())),
  };
};
