const MS_PER_S = 1_000;

/**
 * The revision behind `last` (0 where there was none) for something that is signed at the instant: at
 * least the seconds since the epoch. So what a server says after it was restored from an older backup
 * stands above what it had said since that backup, and speakers take it. Source: schemas/pointer.ts.
 */
export const nextRevision = (last: number, nowMs: number): number =>
  Math.max(last + 1, Math.floor(nowMs / MS_PER_S));
