import type { Clock, Timer } from '#runtime/clock.ts';

/** Where a soft start begins: of mpv's cubic volume two fifths are 24 dB less. */
const FIRST_PART = 0.4;
const STEP_MS = 250;

/** The volume so far into a soft start of the length, 1 to 100, or 0 where 0 is wanted. */
export const softVolume = (volume: number, intoMs: number, softMs: number): number => {
  const part = intoMs >= softMs ? 1 : FIRST_PART + (1 - FIRST_PART) * Math.max(0, intoMs / softMs);
  return volume === 0 ? 0 : Math.max(1, volume * part);
};

/** Raises the volume step by step from the first sample on. */
export interface SoftStart {
  stop(): void;
}

/** Begins at the position; `set` gets each volume, the last is the whole one. */
export const startSoftly = (
  clock: Clock,
  fromPosMs: number,
  { softMs, volume, set }: { softMs: number; volume: number; set: (volume: number) => void },
): SoftStart => {
  let timer: Timer | null = null;
  const step = () => {
    const intoMs = clock.positionMs() - fromPosMs;
    set(softVolume(volume, intoMs, softMs));
    if (intoMs < softMs) timer = clock.at(clock.positionMs() + STEP_MS, step);
  };
  if (softMs > 0 && volume > 0) timer = clock.at(fromPosMs + STEP_MS, step);
  return { stop: () => timer?.cancel() };
};
