import { dayToNumber, mondayOf } from '#core/airtime/day-number.ts';
import type { DayTable } from '#core/local-time.ts';
import type { AirtimeCap, AirtimeRule } from '#schemas/airtime.ts';
import type { Interval, LocalDay } from '#schemas/primitives.ts';
import { addDays, createDayTable, localDayAt, MAX_TABLE_DAYS } from './day-table.ts';

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
 * From the Monday of the first day on which any rule is in force (totals are shown by the week) up to
 * the end of the week, and of the block of days, that holds `day` (or the last day of the last rule, if
 * that is earlier): every period that has begun lies whole in it. Null before the first of them.
 */
export const campaignSpan = (day: LocalDay, rules: readonly AirtimeRule[]): DaySpan | null => {
  const first = rules.map(({ from }) => from).sort()[0];
  const last = rules
    .map(({ to }) => to)
    .sort()
    .at(-1);
  if (first === undefined || last === undefined) return null;
  const { to } = judgedSpan(day < last ? day : last, rules);
  const number = dayToNumber(first);
  return to < first ? null : { from: addDays(first, mondayOf(number) - number), to };
};

/**
 * The days on which caps can have been broken: from the Monday (caps count by the week) of the first
 * day that the logs speak of and any cap is in force, up to the last such day, or the end of the week
 * of the instant, if that is earlier. Of more than a table may hold, the last ones. Null without any.
 * What a session's id claims of a time far ahead hides no day: no breach is looked for there.
 */
export const cappedSpan = (
  caps: readonly AirtimeCap[],
  { fromMs, toMs }: Interval,
  { zone, nowMs }: { readonly zone: string; readonly nowMs: number },
): DaySpan | null => {
  const firstCap = caps.map((cap) => cap.from).sort()[0];
  if (firstCap === undefined) return null;
  const lastCaps = caps.map((cap) => cap.to ?? forEver).sort();
  const { to: lastJudged } = judgedSpan(localDayAt(nowMs, zone), []);
  const dayOf = (instantMs: number) => localDayAt(Math.min(instantMs, nowMs + WEEK_MS), zone);
  const first = later(dayOf(fromMs), firstCap);
  const lastTold = earlier(dayOf(toMs), lastJudged);
  const to = earlier(lastTold, lastCaps.at(-1) ?? forEver);
  if (to < first) return null;
  const { from } = judgedSpan(first, []);
  return { from: later(from, addDays(to, 1 - MAX_TABLE_DAYS)), to };
};

/** Past the end of the week of any instant when added to it; years of more than four digits do not sort. */
const WEEK_MS = 7 * 24 * 3_600_000;

const forEver: LocalDay = '9999-12-31';

const earlier = (a: LocalDay, b: LocalDay): LocalDay => (a < b ? a : b);

const later = (a: LocalDay, b: LocalDay): LocalDay => (a > b ? a : b);

/** How many days a span holds. */
export const daysIn = ({ from, to }: DaySpan): number => dayToNumber(to) - dayToNumber(from) + 1;

/** The table of a span. Throws a RangeError when it holds more than `MAX_TABLE_DAYS`. */
export const spanToTable = (zone: string, span: DaySpan): DayTable =>
  createDayTable(zone, span.from, daysIn(span));
