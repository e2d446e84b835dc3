import fc from 'fast-check';
import type { AirtimeRule } from '#schemas/airtime.ts';
import { rule } from './court.ts';

/** A rule of the week from Monday 2026-03-02 for village A, of every kind of period. */
export const anyRule: fc.Arbitrary<AirtimeRule> = fc
  .record({
    counts: fc.constantFrom('campaign' as const, 'session' as const),
    per: fc.constantFrom('day' as const, 'week' as const, 'everyDays' as const),
    minOccurrences: fc.integer({ min: 1, max: 3 }),
    minMinutes: fc.constantFrom(null, 10, 30),
    minSpacingMin: fc.constantFrom(0, 60, 240),
    weekdays: fc.constantFrom<number[][]>([], [1, 2, 3], [5, 6, 7]),
    dayparts: fc.constantFrom<AirtimeRule['dayparts'][]>([], [{ from: '22:00', to: '12:00' }]),
    to: fc.constantFrom('2026-03-06', '2026-03-08'),
  })
  .map((change) => rule({ ...change, everyDays: change.per === 'everyDays' ? 2 : null }));
