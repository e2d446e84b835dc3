import { expect, test } from 'vitest';
import { campaignSpan } from '#runtime/judged-table.ts';
import { rule } from '../core/airtime/support/court.ts';

test('a campaign that begins in the middle of a week is looked at from its Monday: caps count by the week', () => {
  const wednesday = rule({ from: '2026-03-04', to: '2026-03-20' });
  expect(campaignSpan('2026-03-05', [wednesday])).toEqual({ from: '2026-03-02', to: '2026-03-08' });
});

test('before its first day there is nothing to look at, though its week has begun', () => {
  const friday = rule({ from: '2026-03-13', to: '2026-03-20' });
  expect(campaignSpan('2026-03-05', [friday])).toBeNull();
});

test('without a rule, caps alone are looked at from the Monday of the first one on', () => {
  const cap = {
    id: '00000000-0000-7000-8000-000000000061',
    unit: '00000000-0000-7000-8000-000000000011',
    ...{ from: '2026-03-04', to: null, maxSessionsPerDay: 2, maxDaysPerWeek: null },
    ...{ maxSessionMinutes: null, maxDayMinutes: null, forbiddenWeekdays: [], quietHours: [] },
  };
  expect(campaignSpan('2026-03-10', [], [cap])).toEqual({ from: '2026-03-02', to: '2026-03-15' });
  expect(campaignSpan('2026-03-10', [], [{ ...cap, to: '2026-03-05' }])).toEqual({
    from: '2026-03-02',
    to: '2026-03-08',
  });
  expect(campaignSpan('2026-03-10', [])).toBeNull();
});
