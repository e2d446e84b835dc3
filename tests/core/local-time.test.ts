import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { instantAtWall, localTimeToMinutes, rowAt, wallMinutesAt } from '#core/local-time.ts';
import { createDayTable } from '#runtime/day-table.ts';

/** Whole-hour, half-hour and quarter-hour zones, with and without daylight saving, at both ends. */
const ZONES = [
  'Asia/Ho_Chi_Minh',
  'Europe/Berlin',
  'America/St_Johns',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'Pacific/Apia',
];
const tables = ZONES.map((zone) => ({ zone, table: createDayTable(zone, '2025-01-01', 365) }));
const FROM_MS = Date.parse('2025-01-02T00:00:00Z');
const TO_MS = Date.parse('2025-12-30T00:00:00Z');

const instantInZone = fc.record({
  place: fc.constantFrom(...tables),
  instantMs: fc.integer({ min: FROM_MS, max: TO_MS }),
});

const rowOf = (table: (typeof tables)[number]['table'], day: string) => {
  const row = table.find((each) => each.day === day);
  if (row === undefined) throw new Error(`no ${day}`);
  return row;
};

/** The instant that a wall time of a day is, where it is one. */
const instantOf = (zone: string, wall: string): number =>
  Temporal.PlainDateTime.from(wall).toZonedDateTime(zone).epochMilliseconds;

describe('day tables', () => {
  it('find the local day that the zone itself gives to an instant', () => {
    fc.assert(
      fc.property(instantInZone, ({ place, instantMs }) => {
        const zoned = Temporal.Instant.fromEpochMilliseconds(instantMs).toZonedDateTimeISO(
          place.zone,
        );
        const row = rowAt(place.table, instantMs);
        expect(row?.day).toBe(zoned.toPlainDate().toString());
        expect(row?.weekday).toBe(zoned.dayOfWeek);
      }),
    );
  });

  it('show the wall time that the zone itself shows', () => {
    fc.assert(
      fc.property(instantInZone, ({ place, instantMs }) => {
        const zoned = Temporal.Instant.fromEpochMilliseconds(instantMs).toZonedDateTimeISO(
          place.zone,
        );
        const row = rowAt(place.table, instantMs);
        if (row === undefined) throw new Error('outside');
        const { hour, minute, second, millisecond } = zoned;
        const expected = hour * 60 + minute + (second + millisecond / 1000) / 60;
        expect(wallMinutesAt(row, instantMs)).toBeCloseTo(expected, 6);
      }),
    );
  });

  it('find the instant of a wall time that the day has once, as the zone itself does', () => {
    const wall = fc.integer({ min: 0, max: 1439 });
    fc.assert(
      fc.property(instantInZone, wall, ({ place, instantMs }, minutes) => {
        const row = rowAt(place.table, instantMs);
        if (row === undefined || row.offsets.length > 1) return;
        const time = Temporal.PlainTime.from('00:00').add({ minutes });
        const expected = instantOf(place.zone, `${row.day}T${time.toString()}`);
        expect(instantAtWall(row, minutes)).toBe(expected);
      }),
    );
  });

  it('hold no instant before their first day or after their last', () => {
    const [row] = createDayTable('Asia/Ho_Chi_Minh', '2025-01-14', 1);
    if (row === undefined) throw new Error('empty');
    expect(rowAt([row], row.startMs)).toBe(row);
    expect(rowAt([row], row.endMs - 1)).toBe(row);
    expect(rowAt([row], row.startMs - 1)).toBeUndefined();
    expect(rowAt([row], row.endMs)).toBeUndefined();
    expect(rowAt([], row.startMs)).toBeUndefined();
  });
});

describe('on a day on which the clocks change', () => {
  const berlin = createDayTable('Europe/Berlin', '2025-01-01', 365);

  it.each([
    { day: '2025-03-30', hours: 23 },
    { day: '2025-10-26', hours: 25 },
  ])('$day has $hours hours', ({ day, hours }) => {
    const row = rowOf(berlin, day);
    expect(row.endMs - row.startMs).toBe(hours * 3_600_000);
    expect(row.offsets).toHaveLength(2);
  });

  it.each([
    { why: 'before the skip', minutes: 90, day: '2025-03-30', utc: '2025-03-30T00:30:00Z' },
    { why: 'skipped: what follows', minutes: 150, day: '2025-03-30', utc: '2025-03-30T01:00:00Z' },
    { why: 'after the skip', minutes: 200, day: '2025-03-30', utc: '2025-03-30T01:20:00Z' },
    { why: 'repeated: the first', minutes: 150, day: '2025-10-26', utc: '2025-10-26T00:30:00Z' },
    { why: 'after both', minutes: 200, day: '2025-10-26', utc: '2025-10-26T02:20:00Z' },
  ])('a wall time of $day, $why', ({ minutes, day, utc }) => {
    expect(instantAtWall(rowOf(berlin, day), minutes)).toBe(Date.parse(utc));
  });

  it('a wall time that the day never shows is its end', () => {
    const row = rowOf(berlin, '2025-03-30');
    expect(instantAtWall(row, 1440)).toBe(row.endMs);
  });
});

describe('a wall time', () => {
  it.each([
    { time: '00:00', minutes: 0 },
    { time: '05:30', minutes: 330 },
    { time: '23:59', minutes: 1439 },
  ])('$time is $minutes minutes after midnight', ({ time, minutes }) => {
    expect(localTimeToMinutes(time)).toBe(minutes);
  });
});
