import { MAX_SLOTS_PER_SESSION } from '#schemas/playlist.ts';
import type { Id } from '#schemas/primitives.ts';
import { canAlternate } from './arrange.ts';
import type { PlanBulletin } from './plan-input.ts';

/** How many places of the rotation the search may choose among: 2 to this power sums are looked at. */
export const SEARCH_ITEMS = 13;
/** How many of the places that just fill the run are given back to the search. */
const GIVEN_BACK = 5;
/**
 * An overshoot of this share is as good as none: the search then stays within the round, so that
 * nobody's turn comes twice before all others had theirs.
 */
const FINE_OVERSHOOT = 0.005;

export interface RunWanted {
  /** The least total length of the run, in milliseconds. */
  readonly targetMs: number;
  /** The campaign's bulletins, the one to be played next first. */
  readonly rotation: readonly PlanBulletin[];
  /** Those that every session holds, each once. */
  readonly mandatory: readonly PlanBulletin[];
  /** What sounds right before the run, and should not open it. */
  readonly before: Id | null;
}

const total = (items: readonly PlanBulletin[]): number =>
  items.reduce((sum, item) => sum + item.clip.durationMs, 0);

/** As many places of the endless rotation as just reach `wantedMs`; undefined if they are too many. */
const placesToReach = (rotation: readonly PlanBulletin[], wantedMs: number): number | undefined => {
  const roundMs = total(rotation);
  if (roundMs <= 0) return undefined;
  let reachedMs = Math.floor(wantedMs / roundMs) * roundMs;
  let places = Math.floor(wantedMs / roundMs) * rotation.length;
  for (const item of rotation) {
    if (reachedMs >= wantedMs) break;
    reachedMs += item.clip.durationMs;
    places += 1;
  }
  return places > MAX_SLOTS_PER_SESSION ? undefined : places;
};

const rotationPlaces = (
  rotation: readonly PlanBulletin[],
  from: number,
  count: number,
): PlanBulletin[] =>
  Array.from({ length: count }, (_, index) => rotation[(from + index) % rotation.length]).filter(
    (item) => item !== undefined,
  );

/**
 * The bulletins that fill a run to at least `targetMs`. First come the mandatory ones, then those
 * whose turn it is, the very first in any case, so that everybody's turn comes. The last ones are
 * chosen for the least overshoot, by looking at every choice among the rest of the round or, where
 * that overshoots by more than `FINE_OVERSHOOT`, among `SEARCH_ITEMS` places; equal overshoot goes
 * to those whose turn is earlier. Undefined when the run would need more slots than a session
 * holds. Source: AIRTIME.md, 5.
 */
export const fillRun = (wanted: RunWanted): PlanBulletin[] | undefined => {
  const { rotation, mandatory } = wanted;
  const restMs = wanted.targetMs - total(mandatory);
  if (restMs <= 0) return [...mandatory];
  const places = placesToReach(rotation, restMs);
  if (places === undefined) return undefined;
  const taken = Math.max(1, places - GIVEN_BACK);
  const fixed = [...mandatory, ...rotationPlaces(rotation, 0, taken)];
  const round = rotation.length - (taken % rotation.length);
  const search = (count: number) => {
    const choice = rotationPlaces(rotation, taken, Math.min(SEARCH_ITEMS, count));
    return chooseLeast(wanted, fixed, choice);
  };
  const inRound = round >= GIVEN_BACK ? search(round) : undefined;
  const isFine = inRound !== undefined && total(inRound) <= wanted.targetMs * (1 + FINE_OVERSHOOT);
  if (isFine) return inRound;
  return search(SEARCH_ITEMS) ?? inRound ?? [...mandatory, ...rotationPlaces(rotation, 0, places)];
};

/** The total length of every choice; choice number n takes the places whose bits are set in n. */
const sumsOf = (choice: readonly PlanBulletin[], fixedMs: number): Float64Array => {
  const sums = new Float64Array(1 << choice.length);
  sums[0] = fixedMs;
  for (const [bit, item] of choice.entries()) {
    const half = 1 << bit;
    for (let mask = 0; mask < half; mask += 1) {
      sums[half + mask] = (sums[mask] ?? 0) + item.clip.durationMs;
    }
  }
  return sums;
};

const chooseLeast = (
  wanted: RunWanted,
  fixed: readonly PlanBulletin[],
  choice: readonly PlanBulletin[],
): PlanBulletin[] | undefined => {
  const sums = sumsOf(choice, total(fixed));
  const single = new Set([...fixed, ...choice].map((item) => item.id)).size === 1;
  let best: PlanBulletin[] | undefined;
  let bestMs = Number.POSITIVE_INFINITY;
  for (const [mask, sumMs] of sums.entries()) {
    if (sumMs < wanted.targetMs || sumMs >= bestMs) continue;
    const items = [...fixed, ...choice.filter((_, bit) => (mask >> bit) & 1)];
    const stands = single || canAlternate(items, wanted.before);
    if (!stands || items.length > MAX_SLOTS_PER_SESSION) continue;
    best = items;
    bestMs = sumMs;
  }
  return best;
};
