/** Sound later than this against its own beginning has stalled: the hole is not claimed. */
const STALL_MS = 60;
/** A sound card's clock may run 500 parts in a million beside the machine's; that is no stall. */
const DRIFT_RATIO = 0.0005;

/** What a sample proved besides that sound goes on: a hole in time, or content that was left out. */
export interface SoundFault {
  readonly kind: 'hole' | 'skip';
  readonly fromPosMs: number;
  readonly toPosMs: number;
}

/**
 * Dates sound. List time counts what left the output since the release; its origin is a position of
 * the clock, bounded by every sample: at some position in `[fromPosMs, toPosMs]` it was `listMs`.
 */
export interface SoundOrigin {
  /** The position at which a list time is heard, as far as the samples tell. */
  posMsOf(listMs: number): number;
  observe(sample: {
    readonly listMs: number;
    readonly fromPosMs: number;
    readonly toPosMs: number;
  }): SoundFault | null;
  /** The greatest list time that was seen. */
  seenMs(): number;
  /** When the sound was last seen to have gone on. */
  progressPosMs(): number;
}

/** Begins with list time 0 at the release; the first sample may move it as the device needs. */
export const createSoundOrigin = (releasePosMs: number): SoundOrigin => {
  let originPosMs = releasePosMs;
  /** The origin as it was when sound last went on unbroken, following drift only. */
  let steadyPosMs = releasePosMs;
  let seenMs = 0;
  let progressPosMs = releasePosMs;
  return {
    posMsOf: (listMs) => originPosMs + listMs,
    seenMs: () => seenMs,
    progressPosMs: () => progressPosMs,
    observe: ({ listMs, fromPosMs, toPosMs }) => {
      if (listMs <= seenMs) return null;
      const earliestMs = fromPosMs - listMs;
      const latestMs = toPosMs - listMs;
      const before = originPosMs;
      const isFirst = seenMs === 0;
      originPosMs = Math.min(Math.max(originPosMs, earliestMs), latestMs);
      const drift = (listMs - seenMs) * DRIFT_RATIO;
      steadyPosMs += Math.min(Math.max(originPosMs - steadyPosMs, -drift), drift);
      const fault = { fromPosMs: before + seenMs, toPosMs: originPosMs + seenMs };
      seenMs = listMs;
      progressPosMs = toPosMs;
      const offMs = originPosMs - steadyPosMs;
      if (!isFirst && Math.abs(offMs) <= STALL_MS) return null;
      steadyPosMs = originPosMs;
      if (isFirst) return null;
      return { kind: offMs > 0 ? 'hole' : 'skip', ...fault };
    },
  };
};
