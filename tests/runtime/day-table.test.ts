import { describe, expect, test } from 'vitest';
import { instantAtWall, localTimeToMinutes, rowAt, wallMinutesAt } from '#core/local-time.ts';
import {
  addDays,
  createDayTable,
  instantToIso,
  isKnownZone,
  localDayAt,
} from '#runtime/day-table.ts';

const HOUR_MS = 3_600_000;

describe('local days', () => {
  test.each([
    { zone: 'Asia/Ho_Chi_Minh', day: '2026-01-03', hours: 24, why: 'no daylight saving' },
    { zone: 'Europe/Berlin', day: '2026-03-29', hours: 23, why: 'clocks go forward' },
    { zone: 'Europe/Berlin', day: '2026-10-25', hours: 25, why: 'clocks go back' },
    { zone: 'Pacific/Apia', day: '2011-12-30', hours: 0, why: 'the zone skipped it' },
    { zone: 'Australia/Lord_Howe', day: '2026-04-05', hours: 24.5, why: 'back by half an hour' },
    { zone: 'America/Santiago', day: '2026-09-06', hours: 23, why: 'midnight itself is skipped' },
  ])('$day in $zone has $hours hours: $why', ({ zone, day, hours }) => {
    const [row] = createDayTable(zone, day, 1);
    expect(row && (row.endMs - row.startMs) / HOUR_MS).toBe(hours);
  });

  test('days follow one another without a hole', () => {
    const table = createDayTable('Europe/Berlin', '2026-03-20', 240);
    for (const [index, row] of table.entries()) {
      expect(table[index + 1]?.startMs ?? row.endMs).toBe(row.endMs);
      expect(rowAt(table, row.startMs)).toBe(row);
      expect(rowAt(table, row.endMs - 1)).toBe(row);
    }
    expect(rowAt(table, (table[0]?.startMs ?? 0) - 1)).toBeUndefined();
  });

  test.each([
    { time: '05:30', iso: '2026-03-29T05:30:00.000+02:00', why: 'after the change' },
    { time: '01:59', iso: '2026-03-29T01:59:00.000+01:00', why: 'before the change' },
    { time: '02:30', iso: '2026-03-29T03:00:00.000+02:00', why: 'a wall time that is skipped' },
  ])('$time is found on the wall: $why', ({ time, iso }) => {
    const [row] = createDayTable('Europe/Berlin', '2026-03-29', 1);
    const found = row === undefined ? 0 : instantAtWall(row, localTimeToMinutes(time));
    expect(instantToIso(found, 'Europe/Berlin')).toBe(iso);
  });

  test('a wall time that comes twice is its first', () => {
    const [row] = createDayTable('Europe/Berlin', '2026-10-25', 1);
    const found = row === undefined ? 0 : instantAtWall(row, 150);
    expect(instantToIso(found, 'Europe/Berlin')).toBe('2026-10-25T02:30:00.000+02:00');
    expect(row && wallMinutesAt(row, found + HOUR_MS)).toBe(150);
  });

  test('the day of an instant is the one of its zone', () => {
    const lateUtc = Date.UTC(2026, 0, 2, 17, 0);
    expect(localDayAt(lateUtc, 'Asia/Ho_Chi_Minh')).toBe('2026-01-03');
    expect(localDayAt(lateUtc - 1, 'Asia/Ho_Chi_Minh')).toBe('2026-01-02');
    expect(addDays('2026-02-28', 1)).toBe('2026-03-01');
  });

  test('a zone is known or not', () => {
    expect(isKnownZone('Asia/Ho_Chi_Minh')).toBe(true);
    expect(isKnownZone('Asia/Hanoi_2')).toBe(false);
  });
});
