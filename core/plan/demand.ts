import { dayNumber, weekdayOf } from '#core/civil-day.ts';
import type { AirtimeRule } from '#schemas/airtime.ts';
import type { Id, LocalDay } from '#schemas/primitives.ts';
import type { PlanInput } from './plan-input.ts';

/** How many occurrences a rule wants on one day. */
export type Demand = { readonly rule: AirtimeRule; readonly occurrences: number };

const MINUTE_MS = 60_000;

/** The least airtime of an occurrence in whole milliseconds: 1 for a rule without minutes. */
export const minimumMs = (rule: AirtimeRule): number =>
  rule.minMinutes === null ? 1 : Math.ceil(rule.minMinutes * MINUTE_MS);

/** The day numbers `[first, end)` of the period that holds a day. Source: AIRTIME.md, 3. */
const periodOf = (rule: AirtimeRule, day: number): readonly [number, number] => {
  if (rule.per === 'day') return [day, day + 1];
  if (rule.per === 'week') {
    const monday = day - weekdayOf(day) + 1;
    return [monday, monday + 7];
  }
  const length = rule.everyDays ?? 1;
  const first = dayNumber(rule.from);
  const start = first + Math.floor((day - first) / length) * length;
  return [start, start + length];
};

const isListed = (rule: AirtimeRule, day: number): boolean =>
  (rule.weekdays.length === 0 || rule.weekdays.includes(weekdayOf(day))) &&
  day >= dayNumber(rule.from) &&
  day <= dayNumber(rule.to);

/**
 * How many occurrences of the rule are planned on a day, given by its number. A day's rule wants all; a week's share is
 * spread evenly over the days that owe it, never more on one day than count there.
 * Source: AIRTIME.md, 3.
 */
export const occurrencesOn = (
  rule: AirtimeRule,
  day: number,
  owesFrom: LocalDay | null,
): number => {
  if (!isListed(rule, day)) return 0;
  if (rule.per === 'day') return rule.minOccurrences;
  const [start, end] = periodOf(rule, day);
  const owed: number[] = [];
  const first = owesFrom === null ? start : Math.max(start, dayNumber(owesFrom));
  for (let at = first; at < end; at += 1) if (isListed(rule, at)) owed.push(at);
  const place = owed.indexOf(day);
  if (place < 0) return 0;
  const wanted = Math.min(rule.minOccurrences, owed.length * dailyMaximum(rule));
  const share = (days: number) => Math.floor((days * wanted) / owed.length);
  return share(place + 1) - share(place);
};

/** How many occurrences of one day count towards the rule's longer period. */
const dailyMaximum = (rule: AirtimeRule): number => {
  const length = rule.per === 'everyDays' ? (rule.everyDays ?? 1) : 7;
  const listed = rule.weekdays.length === 0 ? length : rule.weekdays.length;
  return Math.ceil(rule.minOccurrences / Math.min(listed, length));
};

/** Of each rule the version in force on the first day of the period that holds `day`, by id. */
const rulesInForce = (rules: readonly AirtimeRule[], day: LocalDay): AirtimeRule[] => {
  const latest = new Map<Id, AirtimeRule>();
  for (const rule of rules) {
    const [start] = periodOf(rule, dayNumber(day));
    const known = latest.get(rule.id);
    const begun = dayNumber(rule.versionFrom) <= Math.max(start, dayNumber(rule.from));
    if (begun && (known === undefined || rule.version > known.version)) latest.set(rule.id, rule);
  }
  return [...latest.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
};

/** What the day's rules want, by rule id; rules that want nothing today are left out. */
export const demandsOf = (input: PlanInput): Demand[] =>
  rulesInForce(input.rules, input.day)
    .map((rule) => ({
      rule,
      occurrences: occurrencesOn(rule, dayNumber(input.day), input.owesFrom),
    }))
    .filter((demand) => demand.occurrences > 0);
