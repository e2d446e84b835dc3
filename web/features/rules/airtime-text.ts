import type { AirtimeRule } from '#schemas/airtime.ts';
import type { Daypart } from '#schemas/primitives.ts';
import type { Say } from '../../shared/texts/texts.ts';
import type { Cap } from './airtime-queries.ts';
import { capNumbers } from './cap-draft.ts';
import { weekdayKeys } from './weekdays-field.tsx';

const daypartsToText = (dayparts: readonly Daypart[]): string =>
  dayparts.map(({ from, to }) => `${from}–${to}`).join(', ');

/** Weekdays by their names. */
export const weekdaysToText = (weekdays: readonly number[], say: Say): string =>
  weekdays
    .flatMap((weekday) => {
      const key = weekdayKeys[weekday - 1];
      return key === undefined ? [] : [say(key)];
    })
    .join(', ');

/** What a rule demands, in one sentence. */
export const demandToText = (rule: AirtimeRule, say: Say): string => {
  const per = say(`per.${rule.per}`, { days: rule.everyDays ?? 1 });
  const facts = { count: rule.minOccurrences, per };
  const { weekdays, dayparts, minSpacingMin, coverage } = rule;
  const percent = (100 * coverage.numerator) / coverage.denominator;
  return [
    rule.minMinutes === null
      ? say('rule.times', facts)
      : say('rule.timesAndMinutes', { ...facts, minutes: rule.minMinutes }),
    ...(weekdays.length === 0
      ? []
      : [say('rule.onWeekdays', { days: weekdaysToText(weekdays, say) })]),
    ...(dayparts.length === 0
      ? []
      : [say('rule.inDayparts', { dayparts: daypartsToText(dayparts) })]),
    ...(minSpacingMin === 0 ? [] : [say('rule.spaced', { minutes: minSpacingMin })]),
    ...(percent === 100 ? [] : [say('rule.covered', { percent })]),
  ].join(', ');
};

/** What a cap forbids, in one line. */
export const capToText = (cap: Cap, say: Say): string => {
  const numbers = capNumbers.flatMap((field) => {
    const count = cap[field];
    return count === null ? [] : [say(`capText.${field}`, { count })];
  });
  const { forbiddenWeekdays, quietHours } = cap;
  const all = [
    ...numbers,
    ...(forbiddenWeekdays.length === 0
      ? []
      : [say('capText.forbiddenWeekdays', { days: weekdaysToText(forbiddenWeekdays, say) })]),
    ...(quietHours.length === 0
      ? []
      : [say('capText.quietHours', { dayparts: daypartsToText(quietHours) })]),
  ];
  const text = all.length === 0 ? say('cap.nothing') : all.join(' · ');
  return text.charAt(0).toLocaleUpperCase() + text.slice(1);
};
