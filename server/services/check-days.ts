import type { Directive } from '#schemas/entities/site.ts';
import type { LocalDay } from '#schemas/primitives.ts';
import type { ProblemOf } from '#schemas/problem.ts';

/** No directive orders airtime that lies this many years away from its own day. */
const PLAUSIBLE_YEARS = 5;

export type DaysProblem = ProblemOf<'ruleEndsBeforeStart' | 'ruleYearImplausible'>;

export type OddDays = ProblemOf<'ruleStartsBeforeDirective' | 'ruleIsOver' | 'ruleStartsInPast'>;

/** The year of a day. */
export const yearOf = (day: LocalDay): number => Number(day.slice(0, 4));

/**
 * What cannot be right about the days `[from, to]`, held against the directive's own day, or
 * against today when there is no directive. Errors: ruleEndsBeforeStart, ruleYearImplausible.
 * Source: AIRTIME.md, 1, last paragraph.
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
  return undefined;
};

/**
 * What is odd about the days of a rule and may be so all the same: it starts before the directive's
 * own day (as in the plan of Hoằng Phong, of 10 January for the time from 3 January on), or before
 * today, or is over. Source: AIRTIME.md, 1, last paragraph.
 */
export const oddDays = (
  { from, to }: { readonly from: LocalDay; readonly to: LocalDay },
  directive: Directive | undefined,
  today: LocalDay,
): OddDays[] => [
  ...(directive !== undefined && from < directive.day
    ? [{ code: 'ruleStartsBeforeDirective', from, directiveDay: directive.day } as const]
    : []),
  ...(to < today ? [{ code: 'ruleIsOver', to } as const] : []),
  ...(from < today ? [{ code: 'ruleStartsInPast', from } as const] : []),
];
