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
/** A limiter holds further gain back: of each decibel that much comes through, before a try has shown it. */
const USUAL_YIELD = 0.77;
/** The least that is believed: less would ask for more than the sound can bear. */
const LEAST_YIELD = 0.2;
/** Tries that differ by less show no yield: the measurement is printed in tenths. */
const TELLING_DB = 0.5;
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
const isSatisfying = (made: AirableAudio, target: LoudnessTarget): boolean =>
  Math.abs(made.loudnessLufs - target.integratedLufs) <= SATISFIED_LU &&
  peakExcessDb(made, target) <= 0;

/** A plan that was tried, and what it gave. */
export type LevelTry = { readonly plan: LevelPlan; readonly made: AirableAudio };

/** How much of more gain comes through the limiter as loudness, as the last two tries have shown. */
const yieldOf = (last: LevelTry, before: LevelTry | undefined): number => {
  if (last.plan.ceilingDb === null) return 1;
  if (before === undefined) return USUAL_YIELD;
  const gainedDb = last.plan.gainDb - before.plan.gainDb;
  if (Math.abs(gainedDb) < TELLING_DB) return USUAL_YIELD;
  const shown = (last.made.loudnessLufs - before.made.loudnessLufs) / gainedDb;
  return Math.min(1, Math.max(LEAST_YIELD, shown));
};

/** So often a clip is made with a plan from what was learnt. */
const MAX_TRIES = 4;

/**
 * The plan to try next, after those in their order; null when the last one is the best there is. What
 * lay within the target before is made once more where the last try has lost it.
 */
export const nextLevel = (tries: readonly LevelTry[], target: LoudnessTarget): LevelPlan | null => {
  const last = tries.at(-1);
  if (last === undefined || isSatisfying(last.made, target)) return null;
  if (tries.length < MAX_TRIES) return correctLevel(last, tries.at(-2), target);
  if (tries.length > MAX_TRIES || isWithinTarget(last.made, target)) return null;
  return tries.findLast(({ made }) => isWithinTarget(made, target))?.plan ?? null;
};

/** A better plan, from what the last one gave, and the one before it, if there was one. */
export const correctLevel = (
  last: LevelTry,
  before: LevelTry | undefined,
  target: LoudnessTarget,
): LevelPlan => {
  const { plan, made } = last;
  const missingDb = target.integratedLufs - made.loudnessLufs;
  const excessDb = Math.max(0, peakExcessDb(made, target));
  const ceilingDb = (plan.ceilingDb ?? target.maxTruePeakDbtp - ENCODER_ROOM_DB) - excessDb;
  return { gainDb: plan.gainDb + missingDb / yieldOf(last, before), ceilingDb };
};
