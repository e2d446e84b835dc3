import { dayToNumber, mondayOf } from '#core/airtime/day-number.ts';
import { maxPerDayOf } from '#core/airtime/periods.ts';
import type { AirtimeRule } from '#schemas/airtime.ts';
import type { Id } from '#schemas/primitives.ts';
import type { PlanInput } from './plan-input.ts';
import { isExempt, isOwed, type OwedDay, rulesOn, shareOf } from './shares.ts';

const WEEK_DAYS = 7;

/** The seven day numbers of the week that holds a day. */
export const weekOf = (day: number): number[] =>
  Array.from({ length: WEEK_DAYS }, (_, index) => mondayOf(day) + index);

/** The cap that allows the fewest days of the week; undefined where none counts them. */
const narrowestCap = (input: PlanInput, week: readonly number[]): CountingCap | undefined => {
  const [first = 0, last = 0] = [week[0], week.at(-1)];
  const counting = input.caps
    .filter(
      ({ from, to }) => dayToNumber(from) <= last && (to === null || dayToNumber(to) >= first),
    )
    .flatMap(({ id, maxDaysPerWeek }) =>
      maxDaysPerWeek === null ? [] : [{ id, most: maxDaysPerWeek }],
    );
  return counting.sort((a, b) => a.most - b.most || (a.id < b.id ? -1 : 1))[0];
};

interface CountingCap {
  readonly id: Id;
  readonly most: number;
}

interface Weekly {
  readonly rule: AirtimeRule;
  readonly days: readonly number[];
  readonly wanted: number;
}

/** The rules by the week, each with the days that could take it. */
const weeklyRules = (input: PlanInput, week: readonly number[], day: number): Weekly[] =>
  rulesOn(input, day)
    .filter(({ rule }) => rule.per === 'week')
    .map(({ rule, owesFrom }) => {
      const days = week.filter((each) => each >= owesFrom && isOwed(rule, each));
      const wanted = Math.min(rule.minOccurrences, days.length * maxPerDayOf(rule, day));
      return { rule, days, wanted };
    });

const lacks = ({ rule, days, wanted }: Weekly, chosen: ReadonlySet<number>): boolean => {
  const held = days.filter((day) => chosen.has(day)).length * maxPerDayOf(rule, days[0] ?? 0);
  return held < wanted;
};

/** Whether a rule by the day, or by blocks of days, wants the day. */
const wantsDay = (input: PlanInput, rule: AirtimeRule, at: OwedDay): boolean => {
  if (rule.per === 'week' || !isOwed(rule, at.day) || isExempt(input, rule, at.day)) return false;
  return rule.per === 'day' || shareOf(input, rule, { ...at, allowed: null }) > 0;
};

/** The day that most rules still want; of equal ones the farthest from those chosen, then the first. */
const bestDay = (
  open: readonly number[],
  chosen: ReadonlySet<number>,
  lacking: readonly Weekly[],
) => {
  const distance = (day: number): number =>
    Math.min(WEEK_DAYS, ...[...chosen].map((other) => Math.abs(other - day)));
  const helped = (day: number): number => lacking.filter(({ days }) => days.includes(day)).length;
  const [best] = open
    .filter((day) => !chosen.has(day) && helped(day) > 0)
    .sort((a, b) => helped(b) - helped(a) || distance(b) - distance(a) || a - b);
  return best;
};

/** The days of a week on which a speaker is heard, where a cap counts them. */
export interface BroadcastDays {
  readonly cap: CountingCap;
  readonly days: ReadonlySet<number>;
  /** Rules by the week for which the cap leaves too few days. */
  readonly lacking: readonly AirtimeRule[];
}

/**
 * The days of a week, as numbers, on which rules by the week are heard where a cap counts the days:
 * those that other rules need or that were heard already, and as many more, far from one another, as
 * the weekly rules need and the cap allows. Null where no cap counts them. A cap in force on some
 * days of the week is kept on all of it. Source: AIRTIME.md, 4 (caps) and 5.
 */
export const broadcastDays = (input: PlanInput, at: number): BroadcastDays | null => {
  const week = weekOf(at);
  const cap = narrowestCap(input, week);
  if (cap === undefined) return null;
  const heard = new Set((input.aired ?? []).map(({ day }) => dayToNumber(day)));
  const today = input.aired === null ? Number.NEGATIVE_INFINITY : dayToNumber(input.day);
  const open = week.filter((day) => day >= today);
  const wanted = open.filter((day) =>
    rulesOn(input, day).some(({ rule, owesFrom }) => wantsDay(input, rule, { day, owesFrom })),
  );
  const days = new Set([...week.filter((day) => heard.has(day)), ...wanted]);
  const weekly = weeklyRules(input, week, at);
  while (days.size < cap.most) {
    const day = bestDay(
      open,
      days,
      weekly.filter((each) => lacks(each, days)),
    );
    if (day === undefined) break;
    days.add(day);
  }
  const lacking = days.size < cap.most ? [] : weekly.filter((each) => lacks(each, days));
  return { cap, days, lacking: lacking.map(({ rule }) => rule) };
};

/** How many days of the week up to and with a day are heard, or wanted by any rule. */
export const daysUpTo = (
  input: PlanInput,
  day: number,
  wants: (day: number) => boolean,
): number => {
  const heard = new Set((input.aired ?? []).map((each) => dayToNumber(each.day)));
  const today = dayToNumber(input.day);
  return weekOf(day).filter(
    (each) => each <= day && (input.aired !== null && each < today ? heard.has(each) : wants(each)),
  ).length;
};
