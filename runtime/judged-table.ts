import { dayToNumber, mondayOf } from '#core/airtime/day-number.ts';
import type { DayTable } from '#core/local-time.ts';
import type { AirtimeCap, AirtimeRule } from '#schemas/airtime.ts';
import type { LocalDay } from '#schemas/primitives.ts';
import { addDays, createDayTable } from './day-table.ts';

/** Days, both included. */
export interface DaySpan {
  readonly from: LocalDay;
  readonly to: LocalDay;
}

/** The day's week, and the block of days of each rule that counts in blocks. Source: AIRTIME.md, 3. */
export const judgedSpan = (day: LocalDay, rules: readonly AirtimeRule[]): DaySpan => {
  const number = dayToNumber(day);
  let from = addDays(day, mondayOf(number) - number);
  let to = addDays(from, 6);
  for (const { per, everyDays, from: first } of rules) {
    if (per !== 'everyDays' || everyDays === null || first > day) continue;
    const into = (number - dayToNumber(first)) % everyDays;
    const start = addDays(day, -into);
    const end = addDays(start, everyDays - 1);
    if (start < from) from = start;
    if (end > to) to = end;
  }
  return { from, to };
};

/**
 * From the Monday of the first day on which any rule is in force (caps count by the week) up to the end of the week, and of the block of
 * days, that holds `day` (or the last day of the last rule, if that is earlier): every period that
 * has begun lies whole in it. Where there is no rule, the same by the days of `caps`. Null before the
 * first of them.
 */
export const campaignSpan = (
  day: LocalDay,
  rules: readonly AirtimeRule[],
  caps: readonly AirtimeCap[] = [],
): DaySpan | null => {
  const stretches =
    rules.length > 0 ? rules : caps.map(({ from, to }) => ({ from, to: to ?? day }));
  const first = stretches.map(({ from }) => from).sort()[0];
  const last = stretches
    .map(({ to }) => to)
    .sort()
    .at(-1);
  if (first === undefined || last === undefined) return null;
  const { to } = judgedSpan(day < last ? day : last, rules);
  const number = dayToNumber(first);
  return to < first ? null : { from: addDays(first, mondayOf(number) - number), to };
};

/** How many days a span holds. */
export const daysIn = ({ from, to }: DaySpan): number => dayToNumber(to) - dayToNumber(from) + 1;

/** The table of a span. Throws a RangeError when it holds more than `MAX_TABLE_DAYS`. */
export const spanToTable = (zone: string, span: DaySpan): DayTable =>
  createDayTable(zone, span.from, daysIn(span));
