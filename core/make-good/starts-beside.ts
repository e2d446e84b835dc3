import { dayToNumber } from '#core/airtime/day-number.ts';
import { isListed } from '#core/airtime/periods.ts';
import { qualifies } from '#core/plan/qualify.ts';
import type { MakeGoodInput } from './make-good.ts';
import type { OwedRule } from './owed-today.ts';
import { windowsOn } from './windows-on.ts';

/**
 * The planned starts on neighbouring days of what counts under the rule in the same period as today:
 * a make-good keeps the rule's spacing to them too. Of a day that is over what was planned stands for
 * what was aired. A rule by the day has none. Source: AIRTIME.md, 3 (`minSpacingMin`).
 */
export const startsBeside = (
  { neighbours, table }: Pick<MakeGoodInput, 'neighbours' | 'table'>,
  { rule, period }: OwedRule,
): readonly number[] =>
  neighbours.flatMap(({ day, sessions }) => {
    const row = table.find((one) => one.day === day);
    if (row === undefined || !isListed(rule, row.weekday)) return [];
    const number = dayToNumber(row.day);
    if (number < period.from || period.to < number) return [];
    const windows = windowsOn(row, rule);
    return sessions.flatMap((session) => {
      const { startMs, drill } = session;
      return startMs !== null && !drill && qualifies(session, rule, windows) ? [startMs] : [];
    });
  });
