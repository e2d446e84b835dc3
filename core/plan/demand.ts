import { dayToNumber } from '#core/airtime/day-number.ts';
import { maxPerDayOf } from '#core/airtime/periods.ts';
import type { AirtimeRule } from '#schemas/airtime.ts';
import type { PlanInput } from './plan-input.ts';
import { isExempt, isOwed, type OwedDay, rulesOn, shareOf } from './shares.ts';
import { broadcastDays, weekOf } from './week-days.ts';

/** How many occurrences a rule wants on one day; it owes nothing before the day number `owesFrom`. */
export interface Demand {
  readonly rule: AirtimeRule;
  readonly occurrences: number;
  readonly owesFrom: number;
}

/** How many occurrences of the rule are planned on a day. Source: AIRTIME.md, 3. */
const occurrencesOn = (input: PlanInput, rule: AirtimeRule, at: OwedDay): number => {
  if (!isOwed(rule, at.day) || isExempt(input, rule, at.day)) return 0;
  if (rule.per === 'day') return rule.minOccurrences;
  const allowed = rule.per === 'week' ? (broadcastDays(input, at.day)?.days ?? null) : null;
  return shareOf(input, rule, { ...at, allowed });
};

/**
 * What the rules want on a day, given by its number, by rule id; rules that want nothing then are
 * left out. A rule with `unlessAired` wants nothing on a day for which `exempting` names the other.
 */
export const demandsOn = (input: PlanInput, day: number): Demand[] =>
  rulesOn(input, day)
    .map(({ rule, owesFrom }) => ({
      rule,
      owesFrom,
      occurrences: occurrencesOn(input, rule, { day, owesFrom }),
    }))
    .filter((demand) => demand.occurrences > 0);

/** What the rules want on the day that is planned: nothing on one that the zone skipped. */
export const demandsOf = (input: PlanInput): Demand[] => {
  const row = input.table.find(({ day }) => day === input.day);
  const isSkipped = row !== undefined && row.startMs === row.endMs;
  return isSkipped ? [] : demandsOn(input, dayToNumber(input.day));
};

/**
 * On how many days of a week the rule must be heard at least, whatever they are: each day that owes
 * a daily rule, as few as hold a weekly one. Blocks of days are not spread by weeks: at least none.
 */
export const daysNeeded = (input: PlanInput, { rule, owesFrom }: Demand, day: number): number => {
  if (rule.per === 'everyDays') return 0;
  const owed = weekOf(day).filter((each) => each >= owesFrom && isOwed(rule, each));
  if (rule.per === 'day') return owed.filter((each) => !isExempt(input, rule, each)).length;
  const most = maxPerDayOf(rule, day);
  return Math.ceil(Math.min(rule.minOccurrences, owed.length * most) / most);
};
