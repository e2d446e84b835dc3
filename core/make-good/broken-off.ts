import { neededMsOf } from '#core/airtime/occurrences.ts';
import { countingSlots } from '#core/plan/qualify.ts';
import type { AirtimeRule } from '#schemas/airtime.ts';
import type { Interval } from '#schemas/primitives.ts';
import type { AiredDay } from './aired-today.ts';
import type { MakeGood } from './make-good.ts';

const SECOND_MS = 1000;

/**
 * Whether a make-good that a restart broke off could still qualify under any of the rules, if all that
 * is left of it sounds; true for one that no restart broke off, and where an emergency came between.
 * The rest counts from when time was trusted again.
 */
export const canStillRepay = (
  { session }: MakeGood,
  rules: readonly AirtimeRule[],
  aired: AiredDay,
): boolean => {
  const { resumedMs } = aired;
  if (resumedMs === null || resumedMs <= session.startMs) return true;
  return rules.some((rule) => {
    const heard = aired.heardOf(session.id, rule);
    if (heard === null) return true;
    const rest = countingSlots(session, rule).flatMap(({ offsetMs, durationMs }) => {
      const fromMs = Math.max(session.startMs + offsetMs, resumedMs);
      const toMs = session.startMs + offsetMs + durationMs;
      return fromMs < toMs ? [{ fromMs, toMs }] : [];
    });
    return longestMs([...heard, ...rest], rule.maxGapS * SECOND_MS) >= neededMsOf(rule);
  });
};

/** The most that sounds in one stretch without a gap of more than this. */
const longestMs = (sound: readonly Interval[], maxGapMs: number): number => {
  let longest = 0;
  let run = 0;
  let endedMs = Number.NEGATIVE_INFINITY;
  for (const { fromMs, toMs } of sound.toSorted((a, b) => a.fromMs - b.fromMs)) {
    if (fromMs - endedMs > maxGapMs) run = 0;
    run += Math.max(0, toMs - Math.max(fromMs, endedMs));
    endedMs = Math.max(endedMs, toMs);
    longest = Math.max(longest, run);
  }
  return longest;
};
