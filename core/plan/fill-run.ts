import { MAX_SLOTS_PER_SESSION } from '#schemas/playlist.ts';
import type { Id } from '#schemas/primitives.ts';
import { canAlternate } from './arrange.ts';
import { leastAlternating } from './least-alternating.ts';
import type { LeastFill } from './least-fill.ts';
import type { PlanBulletin } from './plan-input.ts';

/** How many places of the rotation the search may choose among: up to 2 to this power choices. */
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
  readonly leastFill: LeastFill;
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
 * to those whose turn is earlier. Where that too overshoots by more, turns count no longer, but for
 * the very first. Undefined when the run would need more slots than a session
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
  const fineMs = wanted.targetMs * (1 + FINE_OVERSHOOT);
  if (inRound !== undefined && total(inRound) <= fineMs) return inRound;
  const inTurn = [...mandatory, ...rotationPlaces(rotation, 0, places)];
  const found = search(SEARCH_ITEMS) ?? inRound ?? inTurn;
  return total(found) <= fineMs ? found : (shorter(wanted, total(found)) ?? found);
};

/** The shortest run that the one whose turn it is stands in, if it is shorter and can alternate. */
const shorter = (wanted: RunWanted, thanMs: number): PlanBulletin[] | undefined => {
  const { rotation, mandatory, targetMs, before } = wanted;
  const due = rotation.slice(0, 1).filter((each) => !mandatory.includes(each));
  const asked = { targetMs, items: rotation, mandatory: [...mandatory, ...due] };
  const least = wanted.leastFill(asked);
  if (least === undefined || total(least) >= thanMs) return undefined;
  return canAlternate(least, before) ? least : leastAlternating({ ...asked, before, thanMs });
};

/** What the places from each on add up to, in milliseconds. */
const restsOf = (choice: readonly PlanBulletin[]): number[] => {
  const rests = [0];
  for (const item of choice.toReversed()) rests.unshift((rests[0] ?? 0) + item.clip.durationMs);
  return rests;
};

/**
 * The choice among the places that, with the fixed ones, has the least total from the target on; of
 * equal ones that whose places come earlier.
 */
const chooseLeast = (
  wanted: RunWanted,
  fixed: readonly PlanBulletin[],
  choice: readonly PlanBulletin[],
): PlanBulletin[] | undefined => {
  const rests = restsOf(choice);
  const single = new Set([...fixed, ...choice].map((item) => item.id)).size === 1;
  const taken = [...fixed];
  let best: PlanBulletin[] | undefined;
  let bestMs = Number.POSITIVE_INFINITY;
  const choose = (from: number, sumMs: number): void => {
    if (sumMs >= bestMs || sumMs + (rests[from] ?? 0) < wanted.targetMs) return;
    if (sumMs >= wanted.targetMs) {
      const stands = single || canAlternate(taken, wanted.before);
      if (!stands || taken.length > MAX_SLOTS_PER_SESSION) return;
      best = [...taken];
      bestMs = sumMs;
      return;
    }
    const item = choice[from];
    if (item === undefined) return;
    taken.push(item);
    choose(from + 1, sumMs + item.clip.durationMs);
    taken.pop();
    choose(from + 1, sumMs);
  };
  choose(0, total(fixed));
  return best;
};
