import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dayToNumber, mondayOf, weekdayOfNumber } from '#core/airtime/day-number.ts';

const epoch = Temporal.PlainDate.from('1970-01-01');
const numberOf = (day: Temporal.PlainDate): number => epoch.until(day, { largestUnit: 'day' }).days;

const anyDay = fc.integer({ min: -25_000, max: 200_000 }).map((days) => epoch.add({ days }));

describe('a day as a number', () => {
  test.each([
    '1970-01-01',
    '1969-12-31',
    '1999-12-31',
    '2000-01-01',
    '2000-02-29',
    '2000-03-01',
    '2024-02-29',
    '2026-03-01',
    '2100-02-28',
    '2100-03-01',
    '2400-02-29',
  ])('%s is as many days from 1970 as the calendar says', (day) => {
    const date = Temporal.PlainDate.from(day);
    expect(dayToNumber(day)).toBe(numberOf(date));
    expect(weekdayOfNumber(dayToNumber(day))).toBe(date.dayOfWeek);
  });

  test('agrees with the calendar on every day, its weekday and its Monday', () => {
    fc.assert(
      fc.property(anyDay, (date) => {
        const number = dayToNumber(date.toString());
        expect(number).toBe(numberOf(date));
        expect(weekdayOfNumber(number)).toBe(date.dayOfWeek);
        expect(mondayOf(number)).toBe(numberOf(date.subtract({ days: date.dayOfWeek - 1 })));
      }),
    );
  });
});
