import { dayToNumber, mondayOf, weekdayOfNumber } from '#core/airtime/day-number.ts';
import { isListed, maxPerDayOf, versionInForce } from '#core/airtime/periods.ts';
import type { AirtimeRule } from '#schemas/airtime.ts';
import type { PlanInput } from './plan-input.ts';

/** How many occurrences a rule wants on one day; it owes nothing before the day number `owesFrom`. */
export interface Demand {
  readonly rule: AirtimeRule;
  readonly occurrences: number;
  readonly owesFrom: number;
}

/** The day numbers `[first, end)` of the period that holds a day. Source: AIRTIME.md, 3. */
const periodOf = (rule: AirtimeRule, day: number): readonly [number, number] => {
  if (rule.per === 'day') return [day, day + 1];
  if (rule.per === 'week') {
    const monday = mondayOf(day);
    return [monday, monday + 7];
  }
  const length = rule.everyDays ?? 1;
  const first = dayToNumber(rule.from);
  const start = first + Math.floor((day - first) / length) * length;
  return [start, start + length];
};

const isOwed = (rule: AirtimeRule, day: number): boolean =>
  isListed(rule, weekdayOfNumber(day)) &&
  day >= dayToNumber(rule.from) &&
  day <= dayToNumber(rule.to);

/**
 * How many occurrences of the rule are planned on a day, given by its number, when nothing is owed
 * before the day `owesFrom`. A day's rule wants all; a longer period's share is spread evenly over
 * the days that owe it, never more on one day than count there. Source: AIRTIME.md, 3.
 */
export const occurrencesOn = (rule: AirtimeRule, day: number, owesFrom: number): number => {
  if (!isOwed(rule, day)) return 0;
  if (rule.per === 'day') return rule.minOccurrences;
  const [start, end] = periodOf(rule, day);
  const owed: number[] = [];
  for (let at = Math.max(start, owesFrom); at < end; at += 1) if (isOwed(rule, at)) owed.push(at);
  const place = owed.indexOf(day);
  if (place < 0) return 0;
  const wanted = Math.min(rule.minOccurrences, owed.length * maxPerDayOf(rule, day));
  const share = (days: number) => Math.floor((days * wanted) / owed.length);
  return share(place + 1) - share(place);
};

/** What a rule, given in all its versions, wants on a day. */
const demandOf = (
  versions: readonly AirtimeRule[],
  input: PlanInput,
  day: number,
): Demand | undefined => {
  const begins = Math.min(
    ...versions.map((rule) => Math.max(dayToNumber(rule.from), dayToNumber(rule.versionFrom))),
  );
  const now = versionInForce(versions, day);
  const rule = now && versionInForce(versions, Math.max(periodOf(now, day)[0], begins));
  if (rule === undefined) return undefined;
  const owesFrom = input.owesFrom === null ? begins : Math.max(begins, dayToNumber(input.owesFrom));
  return { rule, owesFrom, occurrences: occurrencesOn(rule, day, owesFrom) };
};

/**
 * What the rules want on a day, given by its number, by rule id; rules that want nothing then are
 * left out. One with `unlessAired` is planned as if nothing exempted it.
 */
export const demandsOn = (input: PlanInput, day: number): Demand[] =>
  [...Map.groupBy(input.rules, (rule) => rule.id).values()]
    .map((versions) => demandOf(versions, input, day))
    .filter((demand) => demand !== undefined)
    .filter((demand) => demand.occurrences > 0)
    .sort((a, b) => (a.rule.id < b.rule.id ? -1 : 1));

/** What the rules want on the day that is planned. */
export const demandsOf = (input: PlanInput): Demand[] => demandsOn(input, dayToNumber(input.day));
