import type { Id } from '#schemas/primitives.ts';
import { canAlternate } from './arrange.ts';
import type { PlanBulletin } from './plan-input.ts';

/** How many choices are looked at before the best one so far is taken. */
const MAX_CHOICES = 20_000;

export interface AlternatingWanted {
  readonly targetMs: number;
  readonly items: readonly PlanBulletin[];
  /** What is taken in any case, once. */
  readonly mandatory: readonly PlanBulletin[];
  readonly before: Id | null;
  /** The total to be beaten, in milliseconds. */
  readonly thanMs: number;
}

const total = (items: readonly PlanBulletin[]): number =>
  items.reduce((sum, item) => sum + item.clip.durationMs, 0);

/**
 * The shortest run from `targetMs` on, shorter than `thanMs`, in which none follows itself nor
 * `before`; undefined when there is none or it was not found within `MAX_CHOICES`. Few bulletins
 * make it exact.
 */
export const leastAlternating = (wanted: AlternatingWanted): PlanBulletin[] | undefined => {
  const items = [...wanted.items].sort((a, b) => b.clip.durationMs - a.clip.durationMs);
  let best: PlanBulletin[] | undefined;
  let leastMs = wanted.thanMs;
  let choices = 0;
  const choose = (taken: readonly PlanBulletin[], takenMs: number, from: number): void => {
    choices += 1;
    if (choices > MAX_CHOICES || takenMs >= leastMs) return;
    if (takenMs >= wanted.targetMs) {
      if (!canAlternate(taken, wanted.before)) return;
      best = [...taken];
      leastMs = takenMs;
      return;
    }
    for (let index = from; index < items.length; index += 1) {
      const item = items[index];
      if (item !== undefined) choose([...taken, item], takenMs + item.clip.durationMs, index);
    }
  };
  choose(wanted.mandatory, total(wanted.mandatory), 0);
  return best;
};
