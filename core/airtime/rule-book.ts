import type { DayTable } from '#core/local-time.ts';
import type { AirtimeRule } from '#schemas/airtime.ts';
import type { Id, LocalDay } from '#schemas/primitives.ts';
import { type Period, periodsOf } from './periods.ts';

/** Every rule with its periods in the table, by id in ascending order. */
export type RuleBook = ReadonlyMap<Id, RulePeriods>;

/** The periods of one rule, ascending, and by each day that they hold. */
export interface RulePeriods {
  readonly periods: readonly Period[];
  readonly byDay: ReadonlyMap<LocalDay, Period>;
}

/** Sorts versions by their rule and works out the periods of each. */
export const createRuleBook = (rules: readonly AirtimeRule[], table: DayTable): RuleBook => {
  const versions = [...Map.groupBy(rules, ({ id }) => id)].sort(([a], [b]) => (a < b ? -1 : 1));
  return new Map(
    versions.map(([id, ofRule]) => {
      const periods = periodsOf(ofRule, table);
      const days = periods.flatMap((period) =>
        period.rows.map(({ day }): [LocalDay, Period] => [day, period]),
      );
      return [id, { periods, byDay: new Map(days) }];
    }),
  );
};
