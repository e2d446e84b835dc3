import fc from 'fast-check';
import { expect, test } from 'vitest';
import { localTimeToMinutes, rowAt, wallMinutesAt } from '#core/local-time.ts';
import { firstPermitted, isQuietDuring, quietTimes } from '#core/playback/quiet-times.ts';
import { createDayTable } from '#runtime/day-table.ts';
import type { Daypart } from '#schemas/primitives.ts';

const pad = (value: number) => String(value).padStart(2, '0');
const localTime = fc
  .integer({ min: 0, max: 1439 })
  .map((minutes) => `${pad(Math.floor(minutes / 60))}:${pad(minutes % 60)}`);
const daypart: fc.Arbitrary<Daypart> = fc.record({ from: localTime, to: localTime });
const zone = fc.constantFrom('Asia/Ho_Chi_Minh', 'Europe/Berlin', 'Australia/Lord_Howe');
/** Days around both changes of the clock in Berlin. */
const firstDay = fc.constantFrom('2026-03-28', '2026-10-24', '2026-11-23', '2026-04-04');

const isQuietByTheWall = (minutes: number, { from, to }: Daypart): boolean => {
  const [a, b] = [localTimeToMinutes(from), localTimeToMinutes(to)];
  if (a === b) return true;
  return a < b ? a <= minutes && minutes < b : a <= minutes || minutes < b;
};

test('an instant is quiet exactly when the wall shows a quiet hour, also where clocks change', () => {
  fc.assert(
    fc.property(
      fc.record({ zone, firstDay, parts: fc.array(daypart, { maxLength: 4 }) }),
      fc.integer({ min: 0, max: 3 * 1440 - 1 }),
      ({ zone: name, firstDay: day, parts }, minute) => {
        const table = createDayTable(name, day, 3);
        const at = (table[0]?.startMs ?? 0) + minute * 60_000;
        const row = rowAt(table, at);
        if (row === undefined) return;
        const wall = wallMinutesAt(row, at);
        const quiet = isQuietDuring(quietTimes(table, parts), { fromMs: at, toMs: at + 1 });
        expect(quiet).toBe(parts.some((part) => isQuietByTheWall(wall, part)));
      },
    ),
    { numRuns: 300 },
  );
});

test('the first permitted instant is permitted with all its possible times, and none before it is', () => {
  const table = createDayTable('Asia/Ho_Chi_Minh', '2026-11-23', 4);
  const startMs = table[0]?.startMs ?? 0;
  fc.assert(
    fc.property(
      fc.array(daypart, { maxLength: 3 }),
      fc.integer({ min: 0, max: 1440 }),
      fc.record({
        durationMs: fc.integer({ min: 60_000, max: 7_200_000 }),
        uncertaintyMs: fc.integer({ min: 0, max: 120_000 }),
      }),
      (parts, minute, need) => {
        const quiet = quietTimes(table, parts);
        const fromMs = startMs + minute * 60_000;
        const permittedMs = firstPermitted(quiet, fromMs, need);
        const possible = (at: number) => ({
          fromMs: at - need.uncertaintyMs,
          toMs: at + need.durationMs + need.uncertaintyMs,
        });
        expect(isQuietDuring(quiet, possible(permittedMs))).toBe(false);
        for (let at = fromMs; at < permittedMs; at += 60_000) {
          expect(isQuietDuring(quiet, possible(at))).toBe(true);
        }
      },
    ),
  );
});
