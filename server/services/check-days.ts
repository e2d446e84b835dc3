import type { Directive } from '#schemas/entities/site.ts';
import type { LocalDay } from '#schemas/primitives.ts';
import type { ProblemOf } from '#schemas/problem.ts';

/** No directive orders airtime that lies this many years away from its own day. */
const PLAUSIBLE_YEARS = 5;

export type DaysProblem = ProblemOf<
  'ruleEndsBeforeStart' | 'ruleYearImplausible' | 'ruleStartsBeforeDirective'
>;

const yearOf = (day: LocalDay): number => Number(day.slice(0, 4));

/**
 * What cannot be right about the days `[from, to]`, held against the directive's own day, or
 * against today when there is no directive. Errors: ruleEndsBeforeStart, ruleYearImplausible,
 * ruleStartsBeforeDirective. Source: AIRTIME.md, 1, last paragraph.
 */
export const wrongDays = (
  days: { readonly from: LocalDay; readonly to: LocalDay | null },
  directive: Directive | undefined,
  today: LocalDay,
): DaysProblem | undefined => {
  const { from, to } = days;
  if (to !== null && to < from) return { code: 'ruleEndsBeforeStart', from, to };
  const middle = yearOf(directive?.day ?? today);
  for (const day of [from, to ?? from]) {
    if (Math.abs(yearOf(day) - middle) > PLAUSIBLE_YEARS)
      return { code: 'ruleYearImplausible', day };
  }
  return directive !== undefined && from < directive.day
    ? { code: 'ruleStartsBeforeDirective', from, directiveDay: directive.day }
    : undefined;
};
