import type { Slot } from '#schemas/playlist.ts';
import type { Interval } from '#schemas/primitives.ts';
import type { RefusalReason } from '#schemas/records/reasons.ts';
import { isQuietDuring } from './quiet-times.ts';

/** A silence at least this long is a pause: continuous airtime counts from anew after it. */
export const PAUSE_MS = 60_000;

/** What a speaker holds every item against, whatever a playlist says. */
export interface Interlocks {
  /** Disjoint quiet intervals, ascending, in epoch milliseconds. */
  readonly quiet: readonly Interval[];
  readonly withdrawn: ReadonlySet<string>;
  readonly hasClip: (sha256: string) => boolean;
  readonly maxContinuousMs: number;
  /** How far the wall time may be off, in milliseconds. */
  readonly uncertaintyMs: number;
}

/** Sound without a pause, `[fromMs, toMs)` in epoch milliseconds. */
export type Continuous = Interval | null;

/** What is continuous after `sound` followed `before`. */
export const afterSound = (before: Continuous, sound: Interval): Interval =>
  before !== null && sound.fromMs - before.toMs < PAUSE_MS
    ? { fromMs: before.fromMs, toMs: Math.max(before.toMs, sound.toMs) }
    : sound;

/**
 * Why the item may not sound during `sound` (epoch milliseconds), or null when it may: the whole
 * interval of possible times must be permitted. `before` is what sounded up to then without a pause.
 * Source: DESIGN.md, contracts (time) and the way of a broadcast, 5.
 */
export const slotRefusal = (
  slot: Slot,
  when: { readonly sound: Interval; readonly before: Continuous },
  locks: Interlocks,
): RefusalReason | null => {
  const earliestMs = when.sound.fromMs - locks.uncertaintyMs;
  const latestMs = when.sound.toMs + locks.uncertaintyMs;
  if (slot.bulletin !== null && locks.withdrawn.has(slot.bulletin)) return 'withdrawn';
  if (isQuietDuring(locks.quiet, { fromMs: earliestMs, toMs: latestMs })) return 'quietHours';
  if (earliestMs < slot.validFromMs) return 'notYetValid';
  if (latestMs > slot.expiresMs) return 'expired';
  const continuous = afterSound(when.before, when.sound);
  if (continuous.toMs - continuous.fromMs > locks.maxContinuousMs) return 'continuousAirtime';
  return slot.clip !== null && locks.hasClip(slot.clip.sha256) ? null : 'clipMissing';
};

/**
 * The volume that is used, 0 to 100, and whether more was asked for than the limits allow.
 * `wanted` null takes the speaker's own.
 */
export const permittedVolume = (
  wanted: number | null,
  limits: { readonly volume: number; readonly maxVolume: number },
): { readonly volume: number; readonly capped: boolean } => ({
  volume: Math.min(wanted ?? limits.volume, limits.maxVolume),
  capped: wanted !== null && wanted > limits.maxVolume,
});
