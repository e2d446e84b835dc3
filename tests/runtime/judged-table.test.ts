import { expect, test } from 'vitest';
import { MAX_TABLE_DAYS } from '#runtime/day-table.ts';
import { campaignSpan, cappedSpan, daysIn } from '#runtime/judged-table.ts';
import type { AirtimeCap } from '#schemas/airtime.ts';
import { at, rule, zone } from '../core/airtime/support/court.ts';
import { commune, id } from '../core/airtime/support/ids.ts';

test('a campaign that begins in the middle of a week is looked at from its Monday: caps count by the week', () => {
  const wednesday = rule({ from: '2026-03-04', to: '2026-03-20' });
  expect(campaignSpan('2026-03-05', [wednesday])).toEqual({ from: '2026-03-02', to: '2026-03-08' });
});

test('before its first day there is nothing to look at, though its week has begun', () => {
  const friday = rule({ from: '2026-03-13', to: '2026-03-20' });
  expect(campaignSpan('2026-03-05', [friday])).toBeNull();
});

const cap = (from: string, to: string | null): AirtimeCap => ({
  id: id(61),
  unit: commune,
  from,
  to,
  maxSessionsPerDay: 1,
  maxDaysPerWeek: null,
  maxSessionMinutes: null,
  maxDayMinutes: null,
  forbiddenWeekdays: [],
  quietHours: [],
});
const told = { fromMs: at(2, '05:00'), toMs: at(9, '05:00') };
const by = (day: number) => ({ zone, nowMs: at(day, '12:00') });

test.each([
  {
    why: 'a cap without an end: all that the log tells, from a Monday on',
    caps: [cap('2020-01-01', null)],
    now: 20,
    days: ['2026-03-02', '2026-03-11'],
  },
  {
    why: 'a cap from later on: from the Monday of its first week',
    caps: [cap('2026-03-10', null)],
    now: 20,
    days: ['2026-03-09', '2026-03-11'],
  },
  {
    why: 'a cap that ended: up to its last day',
    caps: [cap('2020-01-01', '2026-03-05')],
    now: 20,
    days: ['2026-03-02', '2026-03-05'],
  },
  {
    why: 'several caps: whenever one is in force',
    caps: [cap('2020-01-01', '2020-12-31'), cap('2026-03-05', '2026-03-06')],
    now: 20,
    days: ['2026-03-02', '2026-03-06'],
  },
  {
    why: 'what is planned for a week that has not begun is left out',
    caps: [cap('2020-01-01', null)],
    now: 3,
    days: ['2026-03-02', '2026-03-08'],
  },
])(
  'caps are looked at on the days that the log tells of: $why',
  ({ caps, now, days: [from, to] }) => {
    expect(cappedSpan(caps, told, by(now))).toEqual({ from, to });
  },
);

test('caps that were in force on no day that the log tells of are looked at on no day', () => {
  expect(cappedSpan([], told, by(20))).toBeNull();
  expect(cappedSpan([cap('2026-04-01', null)], told, by(20))).toBeNull();
  expect(cappedSpan([cap('2020-01-01', '2026-03-03')], told, by(20))).toBeNull();
});

test('a log that tells of more days than a table holds is looked at on the last ones', () => {
  const span = cappedSpan([cap('1970-01-01', null)], { ...told, fromMs: 0 }, by(20));
  expect(span?.to).toBe('2026-03-11');
  expect(span && daysIn(span)).toBe(MAX_TABLE_DAYS);
});

test('a session that claims to be planned for a year of five digits hides no day', () => {
  const span = cappedSpan([cap('2026-01-01', null)], { ...told, toMs: 999_999_999_999_999 }, by(1));
  expect(span?.to).toBe('2026-03-08');
  const ahead = { fromMs: 999_999_999_999_999, toMs: 999_999_999_999_999 };
  expect(cappedSpan([cap('2026-01-01', null)], ahead, by(1))).toBeNull();
});
