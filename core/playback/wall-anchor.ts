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
    wallMs: Math.round(answer.serverMs + halfMs + posMs - answer.arrivedPosMs),
    uncertaintyMs: Math.ceil(halfMs) + 1,
    source: 'server',
  };
};

/**
 * Which anchor holds from now on. In the order of trust: a server's signed answer, the network's time
 * as the system keeps it, a technician's time. What is trusted more replaces what is trusted less, an
 * older one of its kind when it is more certain or contradicts it; a technician's time replaces only
 * another one. The network's time is not signed: where it contradicts `signed`, the last answer of
 * a server in this boot, it is worth nothing. Source: DESIGN.md, contracts, time.
 */
export const chooseAnchor = (
  current: Anchor | null,
  next: Anchor,
  signed: Anchor | null = null,
): Anchor | null => {
  if (next.source === 'ntp' && signed !== null && !agrees(signed, next)) return current;
  if (current === null) return next;
  if (current.source === 'manual') return next;
  if (next.source === 'manual') return current;
  const isBetter = uncertaintyAt(current, next.posMs) > next.uncertaintyMs;
  return agrees(current, next) && !isBetter ? current : next;
};

/** Whether both can be right. */
const agrees = (before: Anchor, next: Anchor): boolean => {
  const apartMs = Math.abs(wallAt(before, next.posMs) - next.wallMs);
  return apartMs <= uncertaintyAt(before, next.posMs) + next.uncertaintyMs;
};

/** Whether the log must be told: nothing was told yet, the source changed, or the wall time moved. */
export const needsClockRecord = (told: Anchor | null, held: Anchor): boolean =>
  told === null ||
  told.source !== held.source ||
  Math.abs(wallAt(told, held.posMs) - held.wallMs) > ANCHOR_MOVE_MS;
