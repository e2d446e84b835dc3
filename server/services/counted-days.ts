import type { AiredDay } from '#core/plan/plan-input.ts';
import { judgedSpan } from '#runtime/judged-table.ts';
import type { AirtimeCap, AirtimeRule } from '#schemas/airtime.ts';
import type { LocalDay } from '#schemas/primitives.ts';

/** Whether a day's plan depends on what days before it aired: a rule or a cap counts several days. */
export const countsDays = (rules: readonly AirtimeRule[], caps: readonly AirtimeCap[]): boolean =>
  rules.some(({ per }) => per !== 'day') ||
  caps.some(({ maxDaysPerWeek }) => maxDaysPerWeek !== null);

/** Of the days, those of the week, and of the blocks of days, that hold a day, before it. */
export const airedBefore = (
  aired: readonly AiredDay[],
  day: LocalDay,
  rules: readonly AirtimeRule[],
): readonly AiredDay[] => {
  const { from } = judgedSpan(day, rules);
  return aired.filter((each) => from <= each.day && each.day < day);
};
