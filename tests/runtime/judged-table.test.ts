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
