import { dayToNumber } from '#core/airtime/day-number.ts';
import { isListed, maxPerDayOf, type PeriodSpan, spansOf } from '#core/airtime/periods.ts';
import type { LocalDayRow } from '#core/local-time.ts';
import type { AirtimeRule } from '#schemas/airtime.ts';
import type { MakeGoodPolicy } from '#schemas/make-good.ts';

/** A rule in force on a day, the period of the day, and how many occurrences of the day count at the most. */
export interface OwedRule {
  readonly rule: AirtimeRule;
  readonly period: PeriodSpan;
  readonly most: number;
}

/**
 * The rules that the speaker owes on the row's day, by id, each in the version that judges the day.
 * Source: AIRTIME.md, 3 and 4.
 */
export const owedOn = (policy: MakeGoodPolicy, row: LocalDayRow): readonly OwedRule[] => {
  if (policy.owesFrom !== null && row.day < policy.owesFrom) return [];
  return [...Map.groupBy(policy.rules, ({ id }) => id).values()]
    .flatMap((versions) => versionOn(versions, row) ?? [])
    .sort((a, b) => (a.rule.id < b.rule.id ? -1 : 1));
};

const versionOn = (versions: readonly AirtimeRule[], row: LocalDayRow): OwedRule | undefined => {
  const day = dayToNumber(row.day);
  const period = spansOf(versions, day).find(({ from, to }) => from <= day && day <= to);
  if (period === undefined || !isListed(period.rule, row.weekday)) return undefined;
  const { rule } = period;
  return { rule, period, most: Math.min(rule.minOccurrences, maxPerDayOf(rule, day)) };
};
