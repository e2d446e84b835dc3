import type { Session, Slot } from '#schemas/playlist.ts';
import type { Interval } from '#schemas/primitives.ts';
import type { RefusalReason } from '#schemas/records/reasons.ts';
import { afterSound, type Continuous, type Interlocks, slotRefusal } from './interlocks.ts';
import { firstPermitted } from './quiet-times.ts';

/** How long before its start a list is loaded at the least, in milliseconds. */
export const LOAD_LEAD_MS = 1_500;
/** The same for what was loaded before in this run and only goes on: a failed player's hole is short. */
export const RESUME_LEAD_MS = 600;
/** An item that begins at most this late is played whole; later, it is joined where it would be. */
export const WHOLE_WITHIN_MS = 5_000;
/** Less than this left of an item is not worth joining, in milliseconds. */
const MIN_REST_MS = 1_000;
/** Items at most this far apart belong to one list without a gap, in milliseconds. */
const CONTIGUOUS_MS = 500;

/** Consecutive items that are played as one list, from `startMs` on (epoch milliseconds). */
export interface Segment {
  readonly items: readonly Slot[];
  readonly startMs: number;
  /** How far into the first item it begins, in milliseconds. */
  readonly skipMs: number;
}

/** An item that may not sound, and when it was due (epoch milliseconds). */
export interface SlotRefusal {
  readonly slot: Slot;
  readonly reason: RefusalReason;
  readonly dueMs: number;
}

export interface SegmentInput {
  readonly session: Session;
  /** The session's start in epoch milliseconds. */
  readonly startMs: number;
  readonly nowMs: number;
  /** How long loading takes at the most, in milliseconds; `LOAD_LEAD_MS` where nothing is said. */
  readonly leadMs?: number;
  /** Items that begin earlier in the session are done, in milliseconds from its start. */
  readonly fromOffsetMs: number;
  readonly continuous: Continuous;
  readonly locks: Interlocks;
}

/** How long the item sounds, in milliseconds: its clip's exact length where it has one. */
export const slotLengthMs = (slot: Slot): number => slot.clip?.durationMs ?? slot.durationMs;

/** The end of the session's last item, in epoch milliseconds. */
export const sessionEndMs = (session: Session, startMs: number): number =>
  startMs + Math.max(...session.slots.map((slot) => slot.offsetMs + slot.durationMs));

/**
 * What of the session is to be played next, and what of it was refused on the way: items keep to
 * the session's own time line, so one that is over is skipped, one that is running is joined at its
 * right place, and a refused one leaves silence. Null when nothing is left.
 */
export const nextSegment = (
  input: SegmentInput,
): { readonly segment: Segment | null; readonly refusals: readonly SlotRefusal[] } => {
  const refusals: SlotRefusal[] = [];
  for (const [index, slot] of input.session.slots.entries()) {
    if (slot.offsetMs < input.fromOffsetMs) continue;
    const dueMs = input.startMs + slot.offsetMs;
    const place = permittedPlace(slot, dueMs, input);
    if (place === null) continue;
    const when = { sound: soundOf(slot, place), before: input.continuous };
    const reason = slotRefusal(slot, when, input.locks);
    if (reason === null) {
      return { segment: { items: itemsFrom(index, place, input), ...place }, refusals };
    }
    refusals.push({ slot, reason, dueMs });
  }
  return { segment: null, refusals };
};

const itemsFrom = (fromIndex: number, place: Place, input: SegmentInput): Segment['items'] => {
  const items: Slot[] = [];
  let continuous = input.continuous;
  let next = place;
  for (const slot of input.session.slots.slice(fromIndex)) {
    const isFirst = items.length === 0;
    const dueMs = input.startMs + slot.offsetMs;
    if (!isFirst && dueMs - next.startMs > CONTIGUOUS_MS) break;
    const sound = soundOf(slot, next);
    if (!isFirst && slotRefusal(slot, { sound, before: continuous }, input.locks) !== null) break;
    items.push(slot);
    continuous = afterSound(continuous, sound);
    next = { startMs: sound.toMs, skipMs: 0 };
  }
  return items;
};

interface Place {
  readonly startMs: number;
  readonly skipMs: number;
}

const soundOf = (slot: Slot, place: Place): Interval => ({
  fromMs: place.startMs,
  toMs: place.startMs + slotLengthMs(slot) - place.skipMs,
});

/** At the edge of quiet hours an item waits until they are over for certain. */
const permittedPlace = (slot: Slot, dueMs: number, input: SegmentInput): Place | null => {
  const place = placeOf(slot, dueMs, input);
  if (place === null || place.skipMs > 0) return place;
  const { quiet, uncertaintyMs } = input.locks;
  const need = { durationMs: slotLengthMs(slot), uncertaintyMs };
  const startMs = firstPermitted(quiet, place.startMs, need);
  return startMs - dueMs <= WHOLE_WITHIN_MS ? { startMs, skipMs: 0 } : place;
};

const placeOf = (
  slot: Slot,
  dueMs: number,
  { nowMs, leadMs = LOAD_LEAD_MS }: SegmentInput,
): Place | null => {
  const earliestMs = nowMs + leadMs;
  if (dueMs >= earliestMs) return { startMs: dueMs, skipMs: 0 };
  const restMs = dueMs + slotLengthMs(slot) - earliestMs;
  if (nowMs - dueMs <= WHOLE_WITHIN_MS && restMs > 0) return { startMs: earliestMs, skipMs: 0 };
  return restMs < MIN_REST_MS ? null : { startMs: earliestMs, skipMs: earliestMs - dueMs };
};
