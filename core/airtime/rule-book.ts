import type { DayTable } from '#core/local-time.ts';
import type { AirtimeRule } from '#schemas/airtime.ts';
import type { Id, LocalDay } from '#schemas/primitives.ts';
import { dayToNumber } from './day-number.ts';
import { type Period, type PeriodSpan, periodIn, spansOf } from './periods.ts';

/** Every rule by its id, ascending. */
export type RuleBook = ReadonlyMap<Id, RulePages>;

/**
 * One rule over the days of a table: the periods that lie whole in it, ascending, and for each day
 * inside the validity the version that judges it, also when its period is not whole.
 */
export interface RulePages {
  readonly periods: readonly Period[];
  readonly versionByDay: ReadonlyMap<LocalDay, AirtimeRule>;
}

/** Sorts versions by their rule and works out the periods of each. */
export const createRuleBook = (rules: readonly AirtimeRule[], table: DayTable): RuleBook => {
  const byId = [...Map.groupBy(rules, ({ id }) => id)].sort(([a], [b]) => (a < b ? -1 : 1));
  const lastRow = table.at(-1);
  const lastDay = lastRow === undefined ? Number.NEGATIVE_INFINITY : dayToNumber(lastRow.day);
  return new Map(byId.map(([id, versions]) => [id, pagesOf(spansOf(versions, lastDay), table)]));
};

const pagesOf = (spans: readonly PeriodSpan[], table: DayTable): RulePages => {
  const versionByDay = new Map<LocalDay, AirtimeRule>();
  let index = 0;
  for (const { day } of table) {
    const number = dayToNumber(day);
    while ((spans[index]?.to ?? Number.POSITIVE_INFINITY) < number) index += 1;
    const span = spans[index];
    if (span !== undefined && span.from <= number) versionByDay.set(day, span.rule);
  }
  return { periods: spans.flatMap((span) => periodIn(table, span) ?? []), versionByDay };
};
