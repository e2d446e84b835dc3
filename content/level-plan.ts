import type { LevelPlan } from './audio-filters.ts';
import type { AirableAudio, LoudnessTarget, SourceAudio } from './ports.ts';

/** How far a finished clip may lie from the target, in LU. */
export const LOUDNESS_TOLERANCE_LU = 0.5;
/** Good enough to stop. */
const SATISFIED_LU = 0.3;
/** The encoder lifts peaks a little; the first limiter leaves it this much room. */
const ENCODER_ROOM_DB = 0.6;
/** What each decibel that the limiter takes off a peak costs in loudness: 0.2 to 0.25 in speech. */
const LOSS_PER_LIMITED_DB = 0.22;
/** A limiter holds further gain back, so that what is missing is asked for with interest. */
const INTEREST = 1.3;
/** The measurement is printed in tenths: half of one may hide behind it. */
const ROUNDING_DB = 0.05;

/** The first plan for a measured source: a gain, and a limiter if its peak would come too high. */
export const planLevel = (audio: SourceAudio, target: LoudnessTarget): LevelPlan => {
  const gainDb = target.integratedLufs - audio.loudnessLufs;
  const ceilingDb = target.maxTruePeakDbtp - ENCODER_ROOM_DB;
  const overDb = audio.truePeakDbtp + gainDb - ceilingDb;
  if (overDb <= 0) return { gainDb, ceilingDb: null };
  return { gainDb: gainDb + overDb * LOSS_PER_LIMITED_DB, ceilingDb };
};

const peakExcessDb = (made: AirableAudio, target: LoudnessTarget): number =>
  made.truePeakDbtp + ROUNDING_DB - target.maxTruePeakDbtp;

/** Whether the finished clip keeps the target: loudness within the tolerance, peak not above. */
export const isWithinTarget = (made: AirableAudio, target: LoudnessTarget): boolean =>
  Math.abs(made.loudnessLufs - target.integratedLufs) < LOUDNESS_TOLERANCE_LU &&
  peakExcessDb(made, target) <= 0;

/** Whether another try could not make the clip audibly better. */
export const isSatisfying = (made: AirableAudio, target: LoudnessTarget): boolean =>
  Math.abs(made.loudnessLufs - target.integratedLufs) <= SATISFIED_LU &&
  peakExcessDb(made, target) <= 0;

/** A better plan, from what the last one gave. */
export const correctLevel = (
  plan: LevelPlan,
  made: AirableAudio,
  target: LoudnessTarget,
): LevelPlan => {
  const missingDb = target.integratedLufs - made.loudnessLufs;
  const excessDb = Math.max(0, peakExcessDb(made, target));
  const ceilingDb = (plan.ceilingDb ?? target.maxTruePeakDbtp - ENCODER_ROOM_DB) - excessDb;
  const interest = plan.ceilingDb === null ? 1 : INTEREST;
  return { gainDb: plan.gainDb + missingDb * interest, ceilingDb };
};
