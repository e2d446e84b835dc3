import type { Anchor } from '#schemas/records/clock-state.ts';

/** How fast a speaker's own oscillator may drift, in parts per million. Source: DESIGN.md, time. */
export const DRIFT_PPM = 100;
/** An anchor that moves the wall time by more than this gets a `clock` record. */
export const ANCHOR_MOVE_MS = 50;

/** The wall instant, in epoch milliseconds, at a position of the anchor's boot. */
export const wallAt = (anchor: Anchor, posMs: number): number =>
  anchor.wallMs + (posMs - anchor.posMs);

/** The position of the anchor's boot at a wall instant; negative before the boot. */
export const positionAt = (anchor: Anchor, wallMs: number): number =>
  anchor.posMs + (wallMs - anchor.wallMs);

/**
 * How far the wall time at a position may be off, in whole milliseconds: what the anchor had, and
 * 100 ppm of the time since. Source: DESIGN.md, contracts, time.
 */
export const uncertaintyAt = (anchor: Anchor, posMs: number): number =>
  anchor.uncertaintyMs + Math.ceil((Math.abs(posMs - anchor.posMs) * DRIFT_PPM) / 1_000_000);

/**
 * The anchor that a signed answer gives: the server's instant lay somewhere between sending and
 * arrival, so the middle is taken and half the round trip is the uncertainty, rounded up.
 * Source: DESIGN.md, contracts, time.
 */
export const anchorFromAnswer = (answer: {
  readonly sentPosMs: number;
  readonly arrivedPosMs: number;
  readonly serverMs: number;
}): Anchor => {
  const posMs = Math.round(answer.arrivedPosMs);
  const halfMs = (answer.arrivedPosMs - answer.sentPosMs) / 2;
  return {
    posMs,
    wallMs: Math.round(answer.serverMs + halfMs),
    uncertaintyMs: Math.ceil(halfMs) + 1,
    source: 'server',
  };
};

/**
 * Which anchor holds from now on. A server's answer replaces a technician's time always, an older
 * answer when it is more certain or contradicts it; a technician's time replaces only another one.
 */
export const chooseAnchor = (current: Anchor | null, next: Anchor): Anchor => {
  if (current === null) return next;
  if (current.source === 'manual') return next;
  if (next.source === 'manual') return current;
  const currentUncertaintyMs = uncertaintyAt(current, next.posMs);
  const apartMs = Math.abs(wallAt(current, next.posMs) - next.wallMs);
  const agree = apartMs <= currentUncertaintyMs + next.uncertaintyMs;
  return agree && currentUncertaintyMs <= next.uncertaintyMs ? current : next;
};

/** Whether the log must be told: nothing was told yet, the source changed, or the wall time moved. */
export const needsClockRecord = (told: Anchor | null, held: Anchor): boolean =>
  told === null ||
  told.source !== held.source ||
  Math.abs(wallAt(told, held.posMs) - held.wallMs) > ANCHOR_MOVE_MS;
