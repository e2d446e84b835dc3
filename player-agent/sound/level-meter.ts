import type { LevelWindow } from '../ports/player.ts';

const WINDOW_MS = 100;
/** Sound that arrives this much later than its count of samples says was preceded by a hole. */
const HOLE_MS = 1_000;
/** A capture's clock may run 500 parts in a million beside the machine's. */
const DRIFT_RATIO = 0.0005;
const FULL_SCALE = 32_768;

/** Sums up captured sound, s16le mono, into windows that are dated by when it arrived. */
export interface LevelMeter {
  /** A piece of any length that had arrived completely at the position. */
  add(piece: Buffer, arrivedPosMs: number): void;
}

/**
 * The first piece, and later every piece that came faster than those before, dates the samples: what
 * is held back in between makes them late, and nothing makes them early.
 */
export const createLevelMeter = (
  rate: number,
  onWindow: (window: LevelWindow) => void,
): LevelMeter => {
  const windowSamples = (rate * WINDOW_MS) / 1000;
  let originPosMs: number | null = null;
  let samples = 0;
  let inWindow = 0;
  let energy = 0;
  let oddByte: number | null = null;

  const take = (sample: number) => {
    energy += (sample / FULL_SCALE) ** 2;
    inWindow += 1;
    samples += 1;
    if (inWindow < windowSamples) return;
    const toMs = (originPosMs ?? 0) + (samples * 1000) / rate;
    onWindow({ fromMs: toMs - WINDOW_MS, toMs, meanSquare: energy / windowSamples });
    inWindow = 0;
    energy = 0;
  };
  const date = (count: number, arrivedPosMs: number) => {
    const seenPosMs = arrivedPosMs - ((samples + count) * 1000) / rate;
    const lateMs = seenPosMs - (originPosMs ?? seenPosMs);
    const isHole = lateMs > HOLE_MS;
    if (isHole) {
      inWindow = 0;
      energy = 0;
    }
    const driftMs = (count * 1000 * DRIFT_RATIO) / rate;
    if (originPosMs === null || isHole || lateMs < 0) originPosMs = seenPosMs;
    else originPosMs += Math.min(lateMs, driftMs);
  };
  return {
    add: (piece, arrivedPosMs) => {
      const bytes = oddByte === null ? piece : Buffer.concat([Buffer.of(oddByte), piece]);
      const count = bytes.length >> 1;
      oddByte = bytes.length % 2 === 1 ? (bytes.at(-1) ?? null) : null;
      date(count, arrivedPosMs);
      for (let index = 0; index < count; index += 1) take(bytes.readInt16LE(index * 2));
    },
  };
};
