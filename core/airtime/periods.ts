import type { DayTable, LocalDayRow } from '#core/local-time.ts';
import type { AirtimeRule } from '#schemas/airtime.ts';
import type { LocalDay } from '#schemas/primitives.ts';
import { dayToNumber, mondayOf, weekdayOfNumber } from './day-number.ts';

/**
 * A period of a rule, cut to its validity. `rule` is the version in force on its first day. Of one
 * day at most `maxPerDay` occurrences count.
 */
export interface Period {
  readonly rule: AirtimeRule;
  readonly rows: readonly LocalDayRow[];
  readonly maxPerDay: number;
}

/** Whether the rule names the weekday (1 Monday to 7 Sunday); an empty list names all. */
export const isListed = (rule: AirtimeRule, weekday: number): boolean =>
  rule.weekdays.length === 0 || rule.weekdays.includes(weekday);

/** A period as day numbers, both included, whether or not a table holds it. */
export interface PeriodSpan {
  readonly rule: AirtimeRule;
  readonly from: number;
  readonly to: number;
}

/**
 * The periods of a rule that begin not after `lastDay` (a day number), ascending, from all its
 * versions. A period is judged by the version in force on its first day, to its end; a newer version
 * takes over with the next period. Blocks of `everyDays` are counted from the version's `from`.
 * Source: AIRTIME.md, 3.
 */
export const spansOf = (
  versions: readonly AirtimeRule[],
  lastDay: number,
): readonly PeriodSpan[] => {
  const spans: PeriodSpan[] = [];
  let day = Math.min(...versions.map((rule) => dayToNumber(later(rule.from, rule.versionFrom))));
  while (day <= lastDay) {
    const rule = versionOn(versions, day);
    if (rule === undefined) {
      day += 1;
      continue;
    }
    const to = Math.min(lastDayOf(rule, day), dayToNumber(rule.to));
    spans.push({ rule, from: day, to });
    day = to + 1;
  }
  return spans;
};

/** The period of a span; undefined when the table does not hold it whole. */
export const periodIn = (table: DayTable, { rule, from, to }: PeriodSpan): Period | undefined => {
  const firstRow = table[0];
  if (firstRow === undefined) return undefined;
  const tableFrom = dayToNumber(firstRow.day);
  if (from < tableFrom || to >= tableFrom + table.length) return undefined;
  const rows = table.slice(from - tableFrom, to - tableFrom + 1);
  return { rule, rows, maxPerDay: maxPerDayOf(rule, from) };
};

const later = (a: LocalDay, b: LocalDay): LocalDay => (a > b ? a : b);

/** The version of one rule that holds on a day (a number); undefined when none does. */
export const versionOn = (
  versions: readonly AirtimeRule[],
  day: number,
): AirtimeRule | undefined => {
  const rule = versionInForce(versions, day);
  return rule !== undefined && isValidOn(rule, day) ? rule : undefined;
};

/** The version whose `versionFrom` is the latest not after the day; of equal ones the highest. */
const versionInForce = (versions: readonly AirtimeRule[], day: number): AirtimeRule | undefined => {
  let inForce: AirtimeRule | undefined;
  for (const rule of versions) {
    if (dayToNumber(rule.versionFrom) > day) continue;
    if (inForce === undefined || isNewer(rule, inForce)) inForce = rule;
  }
  return inForce;
};

const isNewer = (a: AirtimeRule, b: AirtimeRule): boolean =>
  a.versionFrom === b.versionFrom ? a.version > b.version : a.versionFrom > b.versionFrom;

const isValidOn = (rule: AirtimeRule, day: number): boolean =>
  day >= dayToNumber(rule.from) && day <= dayToNumber(rule.to);

const lastDayOf = (rule: AirtimeRule, day: number): number => {
  if (rule.per === 'day') return day;
  if (rule.per === 'week') return mondayOf(day) + 6;
  return blockStart(rule, day) + blockDays(rule) - 1;
};

const blockDays = (rule: AirtimeRule): number => rule.everyDays ?? 1;

const blockStart = (rule: AirtimeRule, day: number): number => {
  const from = dayToNumber(rule.from);
  return from + Math.floor((day - from) / blockDays(rule)) * blockDays(rule);
};

/**
 * How many occurrences of one day count towards the rule's period that holds the day number:
 * ⌈minimum ÷ listed days of the whole period⌉. For a week that is the number of listed weekdays; a
 * block takes the days that it lists itself, since with the number of weekdays a block of two days
 * could never hold three occurrences. Source: AIRTIME.md, 3.
 */
export const maxPerDayOf = (rule: AirtimeRule, day: number): number => {
  if (rule.per === 'day') return Number.POSITIVE_INFINITY;
  const start = rule.per === 'week' ? mondayOf(day) : blockStart(rule, day);
  const days = rule.per === 'week' ? 7 : blockDays(rule);
  let listed = 0;
  for (let at = start; at < start + days; at += 1) {
    if (isListed(rule, weekdayOfNumber(at))) listed += 1;
  }
  return Math.ceil(rule.minOccurrences / Math.max(1, listed));
};

/** What a period owes when `owedDays` of its days are owed. Source: AIRTIME.md, 3 (a cut week). */
export const owedOccurrences = (period: Period, owedDays: number): number =>
  owedDays === 0 ? 0 : Math.min(period.rule.minOccurrences, owedDays * period.maxPerDay);
