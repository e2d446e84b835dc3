import { expect, test } from 'vitest';
import { preflightFaultsOf } from '#core/preflight/judge-preflight.ts';
import { createDayTable } from '#runtime/day-table.ts';
import type { Preflight, PreflightFault } from '#schemas/preflight.ts';

const ZONE = 'Asia/Ho_Chi_Minh';
const table = createDayTable(ZONE, '2026-11-22', 3);
const at = (time: string): number => Date.parse(`2026-11-23T${time}:00+07:00`);
const whole: Preflight = {
  madeMs: at('19:31'),
  day: '2026-11-23',
  unplannedDays: [],
  missingPlaylists: [],
  missingClips: [],
  missingClipCount: 0,
  missingClipBytes: 0,
  disk: { freeBytes: 5_000_000_000, totalBytes: 8_000_000_000 },
  clock: { source: 'server', uncertaintyMs: 5 },
};

interface Case {
  readonly why: string;
  readonly preflight: Preflight | null;
  readonly now: string;
  readonly faults: readonly PreflightFault[];
}

test.each<Case>([
  { why: 'never came', preflight: null, now: '12:00', faults: ['noReport'] },
  { why: 'is of this evening', preflight: whole, now: '20:00', faults: [] },
  {
    why: 'is of yesterday noon, and yesterday evening has passed',
    preflight: { ...whole, madeMs: at('12:00') - 86_400_000 },
    now: '08:00',
    faults: ['noReport'],
  },
  {
    why: 'is of yesterday evening, and it is not yet 20:00',
    preflight: { ...whole, madeMs: at('19:31') - 86_400_000 },
    now: '19:59',
    faults: [],
  },
  {
    why: 'is of yesterday evening, and it is 20:00',
    preflight: { ...whole, madeMs: at('19:31') - 86_400_000 },
    now: '20:00',
    faults: ['noReport'],
  },
  {
    why: 'lacks everything',
    preflight: {
      ...whole,
      clock: { source: 'manual', uncertaintyMs: 30_000 },
      unplannedDays: ['2026-12-01'],
      missingPlaylists: ['2026-11-30'],
      missingClipCount: 2,
      missingClipBytes: 4_900_000_000,
    },
    now: '20:00',
    faults: ['clockManual', 'unplannedDays', 'missingPlaylists', 'missingClips', 'diskShort'],
  },
])('a report that $why', ({ preflight, now, faults }) => {
  expect(preflightFaultsOf(preflight, { table, nowMs: at(now) })).toEqual(faults);
});

test('in a zone with daylight saving the evening is the one of the wall', () => {
  const berlin = createDayTable('Europe/Berlin', '2026-10-24', 3);
  const report = { ...whole, madeMs: Date.parse('2026-10-25T19:31:00+01:00') };
  const nowMs = Date.parse('2026-10-25T20:00:00+01:00');
  expect(preflightFaultsOf(report, { table: berlin, nowMs })).toEqual([]);
  const early = { ...whole, madeMs: Date.parse('2026-10-25T18:31:00+01:00') };
  expect(preflightFaultsOf(early, { table: berlin, nowMs })).toEqual(['noReport']);
});
