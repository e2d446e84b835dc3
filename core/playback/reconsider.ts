import type { Slot } from '#schemas/playlist.ts';
import type { RefusalReason } from '#schemas/records/reasons.ts';
import { afterSound, type Continuous, type Interlocks, slotRefusal } from './interlocks.ts';

/** What is still to sound of a list: the item that sounds first, at its real place in time. */
export interface Remaining {
  readonly items: readonly Slot[];
  /** When the first of `items` began or will begin to sound, in epoch milliseconds. */
  readonly startMs: number;
  /** How far into it that was, in milliseconds. */
  readonly skipMs: number;
  readonly nowMs: number;
}

/**
 * The first instant from which a list that sounds may not go on, with the reason; null when it may
 * sound to its end. An item that sounds and would not be permitted any more ends at once, a later
 * one before it begins.
 */
export const firstForbidden = (
  remaining: Remaining,
  before: Continuous,
  locks: Interlocks,
): { readonly reason: RefusalReason; readonly fromMs: number } | null => {
  let startMs = remaining.startMs;
  let skipMs = remaining.skipMs;
  let continuous = before;
  for (const slot of remaining.items) {
    const sound = { fromMs: startMs, toMs: startMs + slot.durationMs - skipMs };
    const reason = slotRefusal(slot, { sound, before: continuous }, locks);
    if (reason !== null) return { reason, fromMs: Math.max(startMs, remaining.nowMs) };
    continuous = afterSound(continuous, sound);
    startMs = sound.toMs;
    skipMs = 0;
  }
  return null;
};
