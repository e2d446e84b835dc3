import type { Interval } from '#schemas/primitives.ts';
import { MAX_AUDIBLE_INTERVALS } from '#schemas/records/log-record.ts';
import type { PlayerEvent } from '../ports/player.ts';
import type { SoundFault } from './sound-origin.ts';

/** An item that lost more than this of its content did not sound whole. */
export const SHORT_MS = 150;

/** The event that says what could be heard of an item. */
export type EndedEvent = Extract<PlayerEvent, { kind: 'ended' }>;

/** What has sounded of an item, in positions of the clock. */
export interface Progress {
  readonly index: number;
  readonly played: Interval;
  readonly audible: readonly Interval[];
}

/** One item from its first sample on: what was heard, and what was lost of it. */
export interface ItemSound {
  readonly index: number;
  readonly fromPosMs: number;
  readonly audible: Interval[];
  /** Since when it can be heard without a break; null while it cannot. */
  openPosMs: number | null;
  /** Content that was turned down to nothing or left out. */
  silenced: boolean;
  skippedMs: number;
}

export const createItemSound = (
  index: number,
  fromPosMs: number,
  silenced: boolean,
): ItemSound => ({
  index,
  fromPosMs,
  audible: [],
  openPosMs: silenced ? null : fromPosMs,
  silenced,
  skippedMs: 0,
});

const interval = (fromMs: number, toMs: number): Interval => ({
  fromMs: Math.round(fromMs),
  toMs: Math.round(Math.max(fromMs, toMs)),
});

/** Ends the audible stretch; a stretch past the bound is dropped, never joined to another. */
export const pauseSound = (item: ItemSound, posMs: number): void => {
  if (item.openPosMs === null) return;
  const stretch = interval(item.openPosMs, posMs);
  item.openPosMs = null;
  const isKept = stretch.toMs > stretch.fromMs && item.audible.length < MAX_AUDIBLE_INTERVALS;
  if (isKept) item.audible.push(stretch);
};

/** Takes a hole out of what can be heard of the item, and remembers content that was left out. */
export const markFault = (item: ItemSound, fault: SoundFault): void => {
  if (fault.kind === 'skip') item.skippedMs += fault.fromPosMs - fault.toPosMs;
  if (fault.kind !== 'hole' || item.openPosMs === null) return;
  pauseSound(item, fault.fromPosMs);
  item.openPosMs = fault.toPosMs;
};

/** Turns the output down to nothing from the position on, or up again. */
export const silenceSound = (item: ItemSound, on: boolean, posMs: number): void => {
  item.silenced = true;
  if (on) pauseSound(item, posMs);
  else item.openPosMs = Math.max(posMs, item.fromPosMs);
};

/** What has sounded of the item up to the position, and stays as it is if nothing more does. */
export const progressOf = (item: ItemSound, posMs: number): Progress => {
  const until = { ...item, audible: [...item.audible] };
  pauseSound(until, posMs);
  const { index, fromPosMs, audible } = until;
  return { index, played: interval(fromPosMs, posMs), audible };
};

/** The item's event when its sound ends at the position, for the reason or by itself. */
export const endedOf = (
  item: ItemSound,
  posMs: number,
  reason: EndedEvent['reason'],
): EndedEvent => {
  const isShort = item.skippedMs > SHORT_MS;
  const { index, played, audible } = progressOf(item, posMs);
  const isWhole = reason === null && !isShort && !item.silenced;
  return {
    kind: 'ended',
    index,
    played,
    audible,
    outcome: audible.length === 0 ? 'none' : isWhole ? 'whole' : 'part',
    reason: reason ?? (isShort ? 'playerFailed' : null),
    measurement: null,
  };
};
