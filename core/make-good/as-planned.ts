import { neededMsOf } from '#core/airtime/occurrences.ts';
import { wallIntervals } from '#core/airtime/wall-intervals.ts';
import { type LocalDayRow, MINUTE_MS } from '#core/local-time.ts';
import { slotLengthMs } from '#core/playback/segment.ts';
import type { AirtimeRule } from '#schemas/airtime.ts';
import type { Slot } from '#schemas/playlist.ts';
import type { Interval } from '#schemas/primitives.ts';

const SECOND_MS = 1000;

/** The instants of the row's day in which a session of the rule may lie, ascending, disjoint. */
export const windowsOn = (row: LocalDayRow, rule: AirtimeRule): readonly Interval[] =>
  rule.dayparts.length === 0
    ? [{ fromMs: row.startMs, toMs: row.endMs }]
    : wallIntervals(row, rule.dayparts);

/** The airtime under the rule of a session's longest run, when every slot of it sounds whole. */
export const plannedAirtimeMs = (slots: readonly Slot[], rule: AirtimeRule): number => {
  let longestMs = 0;
  let runMs = 0;
  let endedMs = 0;
  for (const slot of countingSlots(slots, rule)) {
    const continues = slot.offsetMs - endedMs <= rule.maxGapS * SECOND_MS;
    runMs = (continues ? runMs : 0) + slotLengthMs(slot);
    endedMs = slot.offsetMs + slotLengthMs(slot);
    longestMs = Math.max(longestMs, runMs);
  }
  return longestMs;
};

const countingSlots = (slots: readonly Slot[], rule: AirtimeRule): readonly Slot[] => {
  const earning = slots.filter(({ priority }) => priority !== 'emergency');
  const own = earning.filter(({ campaigns }) => campaigns.includes(rule.campaign));
  return rule.counts === 'session' && own.length > 0 ? earning : own;
};

/** Whether the slots, begun at `startMs` and aired whole, are a qualifying occurrence of the rule. */
export const qualifiesAt = (
  { startMs, slots }: { readonly startMs: number; readonly slots: readonly Slot[] },
  rule: AirtimeRule,
  windows: readonly Interval[],
): boolean =>
  windows.some(({ fromMs, toMs }) => fromMs <= startMs && startMs < toMs) &&
  plannedAirtimeMs(slots, rule) >= neededMsOf(rule);

/** How many of the starts, in any order, keep the rule's spacing to one another: the largest set. */
export const spacedCount = (starts: readonly number[], rule: AirtimeRule): number => {
  let count = 0;
  let last = Number.NEGATIVE_INFINITY;
  for (const startMs of [...starts].sort((a, b) => a - b)) {
    if (startMs - last < rule.minSpacingMin * MINUTE_MS) continue;
    count += 1;
    last = startMs;
  }
  return count;
};
