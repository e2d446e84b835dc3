import { wallIntervals } from '#core/airtime/wall-intervals.ts';
import type { LocalDayRow } from '#core/local-time.ts';
import type { AirtimeRule } from '#schemas/airtime.ts';
import type { Interval } from '#schemas/primitives.ts';

/** The instants of the row's day in which a session of the rule may lie, ascending, disjoint. */
export const windowsOn = (
  row: LocalDayRow,
  rule: Pick<AirtimeRule, 'dayparts'>,
): readonly Interval[] =>
  rule.dayparts.length === 0
    ? [{ fromMs: row.startMs, toMs: row.endMs }]
    : wallIntervals(row, rule.dayparts);
