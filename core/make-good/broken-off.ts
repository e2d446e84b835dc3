import { clipTo, shiftedBy } from '#core/airtime/intervals.ts';
import { neededMsOf } from '#core/airtime/occurrences.ts';
import { longestRun } from '#core/airtime/runs.ts';
import { countingSlots } from '#core/plan/qualify.ts';
import type { AirtimeRule } from '#schemas/airtime.ts';
import type { AiredDay, Resumed } from './aired-today.ts';
import type { MakeGood } from './make-good.ts';

const SECOND_MS = 1000;

/**
 * Whether a make-good that a restart broke off could still qualify under any of the rules, if all that
 * is left of it sounds; true for one that no restart broke off, and where an emergency came between.
 * The rest counts from when time was trusted again, as a verdict would count it: by positions in a
 * boot, and between boots by the wall, where a clock that was set back makes no gap and takes nothing
 * away. Source: AIRTIME.md, 2 ("Dating") and 3 ("run").
 */
export const canStillRepay = (
  { session }: MakeGood,
  rules: readonly AirtimeRule[],
  { resumed, heardOf }: Pick<AiredDay, 'resumed' | 'heardOf'>,
): boolean => {
  if (resumed === null || resumed.posMs + resumed.offsetMs <= session.startMs) return true;
  return rules.some((rule) => {
    const heard = heardOf(session.id, rule);
    if (heard === null) return true;
    const { boot, offsetMs } = resumed;
    const rest = { boot, offsetMs, audible: restOf(session, rule, resumed) };
    const run = longestRun([...heard, rest], rule.maxGapS * SECOND_MS, []);
    return run.airtimeMs >= neededMsOf(rule);
  });
};

/** What of the session is left to sound and counts, as positions of the boot that resumes it. */
const restOf = (session: MakeGood['session'], rule: AirtimeRule, { posMs, offsetMs }: Resumed) => {
  const planned = countingSlots(session, rule).map((slot) => {
    const fromMs = session.startMs + slot.offsetMs;
    return { fromMs, toMs: fromMs + slot.durationMs };
  });
  const left = { fromMs: posMs, toMs: Number.POSITIVE_INFINITY };
  return clipTo(shiftedBy(planned, -offsetMs), left);
};
