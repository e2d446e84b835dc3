import type { Reference } from './clip-search.ts';

/** Frames in which recording and clip are compared, and so the precision of an edge, in samples. */
const FRAME = 160;
/** Energy of a frame at −50 dB of full scale; below it speech pauses, and noise decides. */
const QUIET_ENERGY = FRAME * 10 ** -5;
/** A frame of the clip with this energy or more is missed when the recording is quiet. */
const MISSED_ENERGY = QUIET_ENERGY * 4;
/** A frame in which recording and clip agree at least so much is the clip's. */
const LEAST_FRAME_SCORE = 0.5;
/** So many frames in a row that are not the clip's end it. */
const MISSES_TO_END = 3;

/** A clip's first sample lies at `origin` of the recording; `[from, to)` of the recording is it. */
export interface Extent {
  readonly origin: number;
  readonly from: number;
  readonly to: number;
  readonly score: number;
}

interface Sums {
  readonly product: number;
  readonly heard: number;
  readonly meant: number;
}

interface Comparison {
  readonly recording: Float32Array;
  readonly reference: Reference;
  readonly origin: number;
  /** Energy of the recording over energy of the clip, where both are surely the same. */
  readonly gain: number;
}

const sumsOf = (comparison: Omit<Comparison, 'gain'>, from: number, to: number): Sums => {
  const { recording, reference, origin } = comparison;
  const sums = { product: 0, heard: 0, meant: 0 };
  for (let index = from; index < to; index += 1) {
    const heard = recording[index] ?? 0;
    const meant = reference.samples[index - origin] ?? 0;
    sums.product += heard * meant;
    sums.heard += heard * heard;
    sums.meant += meant * meant;
  }
  return sums;
};

const scoreOf = ({ product, heard, meant }: Sums): number =>
  heard * meant === 0 ? 0 : product / Math.sqrt(heard * meant);

const judgeFrame = (comparison: Comparison, from: number): 'quiet' | 'same' | 'other' => {
  const sums = sumsOf(comparison, from, from + FRAME);
  const isQuiet = sums.heard < QUIET_ENERGY;
  if (isQuiet) return sums.meant * comparison.gain < MISSED_ENERGY ? 'quiet' : 'other';
  return scoreOf(sums) >= LEAST_FRAME_SCORE ? 'same' : 'other';
};

/**
 * The edge of the clip seen from inside, going by `step` of one frame: the clip's own edge when
 * nothing contradicts it, silence included, else the last frame that is surely the clip's.
 */
const edge = (comparison: Comparison, start: number, step: number): number => {
  const { origin, reference, recording } = comparison;
  const first = Math.max(0, origin);
  const end = Math.min(recording.length, origin + reference.samples.length);
  let sure = start;
  let misses = 0;
  for (let from = start; from >= first && from + FRAME <= end; from += step) {
    const judged = judgeFrame(comparison, from);
    misses = judged === 'other' ? misses + 1 : 0;
    if (misses === MISSES_TO_END) return step > 0 ? sure + FRAME : sure;
    if (judged === 'same') sure = from;
  }
  return step > 0 ? end : first;
};

/**
 * How far around the window `[near, near + size)`, which is the clip's, the recording goes on being
 * the clip; not before sample `least`.
 */
export const extentAround = (
  place: Omit<Comparison, 'gain'>,
  window: { readonly near: number; readonly size: number; readonly least: number },
): Extent => {
  const middle = window.near + (window.size >> 1);
  const { heard, meant } = sumsOf(place, window.near, window.near + window.size);
  const comparison = { ...place, gain: meant === 0 ? 1 : heard / meant };
  const from = Math.max(window.least, edge(comparison, middle, -FRAME));
  const to = edge(comparison, middle, FRAME);
  return { origin: place.origin, from, to, score: scoreOf(sumsOf(place, from, to)) };
};
