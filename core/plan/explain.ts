import { neededMsOf } from '#core/airtime/occurrences.ts';
import type { Interval } from '#schemas/primitives.ts';
import { type DayFrame, frameDay, openStretches } from './day-frame.ts';
import type { Demand } from './demand.ts';
import type { PlanBulletin, PlanInput, PlanProblem } from './plan-input.ts';

const MINUTE_MS = 60_000;

/**
 * What a session of the demand takes at least, whatever it is filled with: its minimum, its shortest
 * bulletin, and a single bulletin a whole number of times. A bound, so that nothing that could be
 * planned is ever called impossible.
 */
const leastSessionMs = (input: PlanInput, demand: Demand): number => {
  const own = input.bulletins.filter(
    (each) => each.priority !== 'emergency' && each.campaigns.includes(demand.rule.campaign),
  );
  const lengths = own.map((each: PlanBulletin) => each.clip.durationMs);
  if (lengths.length === 0) return neededMsOf(demand.rule);
  const leastMs = Math.max(neededMsOf(demand.rule), Math.min(...lengths));
  const [only] = lengths;
  return lengths.length === 1 && only !== undefined ? Math.ceil(leastMs / only) * only : leastMs;
};

/** How many sessions of a length fit the stretches when nothing else is planned. */
const capacity = (stretches: readonly Interval[], lengthMs: number, spacingMs: number): number => {
  let count = 0;
  let freeMs = Number.NEGATIVE_INFINITY;
  for (const { fromMs, toMs } of stretches) {
    for (let at = Math.max(fromMs, freeMs); at + lengthMs <= toMs; at = freeMs) {
      count += 1;
      freeMs = at + Math.max(lengthMs, spacingMs);
    }
  }
  return count;
};

const startsToday = (frame: DayFrame, open: Interval): boolean => open.fromMs < frame.row.endMs;

/**
 * Why the demand can hold on no such day, however it is placed; undefined when that is not shown.
 * Source: AIRTIME.md, 5.
 */
export const explainDemand = (input: PlanInput, demand: Demand): PlanProblem | undefined => {
  const frame = frameDay(input);
  const open = openStretches(frame, frame.windowsOf(demand.rule)).filter((each) =>
    startsToday(frame, each),
  );
  const neededMs = leastSessionMs(input, demand);
  const availableMs = Math.max(0, ...open.map((each) => each.toMs - each.fromMs));
  const rule = demand.rule.id;
  if (availableMs < neededMs) return { code: 'daypartTooShort', rule, neededMs, availableMs };
  const placed = capacity(open, neededMs, demand.rule.minSpacingMin * MINUTE_MS);
  const needed = demand.occurrences;
  return placed < needed ? { code: 'noPlan', rule, day: input.day, needed, placed } : undefined;
};
