import { dayToNumber, mondayOf, weekdayOfNumber } from '#core/airtime/day-number.ts';
import { isListed, maxPerDayOf, spansOf } from '#core/airtime/periods.ts';
import type { AirtimeRule } from '#schemas/airtime.ts';
import type { PlanInput } from './plan-input.ts';

/** A day by its number, and the number of the first day that owes anything. */
export interface OwedDay {
  readonly day: number;
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

/** Whether the day, given by its number, is listed and inside the rule's validity. */
export const isOwed = (rule: AirtimeRule, day: number): boolean =>
  isListed(rule, weekdayOfNumber(day)) &&
  day >= dayToNumber(rule.from) &&
  day <= dayToNumber(rule.to);

/** The days of the rule's period around a day that owe it, ascending. */
const owedDays = (rule: AirtimeRule, day: number, owesFrom: number): number[] => {
  const [start, end] = periodOf(rule, day);
  const days: number[] = [];
  for (let at = Math.max(start, owesFrom); at < end; at += 1) if (isOwed(rule, at)) days.push(at);
  return days;
};

/** How many of the days before `day`, of those given, were aired; as many a day as count there. */
const airedOn = (input: PlanInput, rule: AirtimeRule, days: readonly number[]): number => {
  const most = maxPerDayOf(rule, days[0] ?? 0);
  return (input.aired ?? []).reduce((sum, { day, occurrences }) => {
    if (!days.includes(dayToNumber(day))) return sum;
    return sum + Math.min(most, occurrences.filter((each) => each.rule === rule.id).length);
  }, 0);
};

/**
 * How many occurrences are planned on a day of a longer period: an even share of what the period
 * owes, over the `allowed` days (null: all); and as soon as possible what the
 * days before it lack, where it is known what was aired. Never more than count on one day.
 */
export const shareOf = (
  input: PlanInput,
  rule: AirtimeRule,
  at: OwedDay & { readonly allowed: ReadonlySet<number> | null },
): number => {
  const { day, owesFrom, allowed } = at;
  const owed = owedDays(rule, day, owesFrom);
  const days = owed.filter((each) => allowed?.has(each) ?? true);
  const place = days.indexOf(day);
  if (place < 0) return 0;
  const most = maxPerDayOf(rule, day);
  const wanted = Math.min(rule.minOccurrences, days.length * most);
  const upTo = (count: number) => Math.floor((count * wanted) / days.length);
  if (input.aired === null) return upTo(place + 1) - upTo(place);
  const before = owed.filter((each) => each < day);
  return Math.max(0, Math.min(most, upTo(place + 1) - airedOn(input, rule, before)));
};

/** Whether another rule, aired or planned above, frees the day, given by its number. */
export const isExempt = (input: PlanInput, { unlessAired }: AirtimeRule, day: number): boolean =>
  unlessAired !== null &&
  input.exempting.some((each) => each.rule === unlessAired && dayToNumber(each.day) === day);

/**
 * The version of a rule that judges a day, and the first day on which it owes anything: of a longer
 * period that two versions share, the day on which the judged part begins. Source: AIRTIME.md, 3.
 */
const versionOn = (versions: readonly AirtimeRule[], input: PlanInput, day: number) => {
  const judging = judgingOn(versions, day);
  if (judging === undefined) return undefined;
  const { rule, from } = judging;
  const owesFrom = input.owesFrom === null ? from : Math.max(from, dayToNumber(input.owesFrom));
  return day < owesFrom ? undefined : { rule, owesFrom };
};

const judgingOn = (versions: readonly AirtimeRule[], day: number) => {
  const begins = Math.min(
    ...versions.map((rule) => Math.max(dayToNumber(rule.from), dayToNumber(rule.versionFrom))),
  );
  const [only] = versions;
  if (only !== undefined && versions.length === 1) return { rule: only, from: begins };
  const span = spansOf(versions, day).find(({ to }) => day <= to);
  if (span === undefined || span.from > day) return undefined;
  return { rule: span.rule, from: span.rule.per === 'day' ? begins : span.from };
};

/** The rules in force on a day, given by its number, by rule id. */
export const rulesOn = (input: PlanInput, day: number) =>
  [...Map.groupBy(input.rules, (rule) => rule.id).values()]
    .map((versions) => versionOn(versions, input, day))
    .filter((found) => found !== undefined)
    .sort((a, b) => (a.rule.id < b.rule.id ? -1 : 1));
