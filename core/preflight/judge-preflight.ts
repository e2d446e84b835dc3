import type { Preflight, PreflightFault } from '#schemas/preflight.ts';
import { type DayTable, instantAtWall } from '../local-time.ts';

/** When a speaker makes its report each evening, in minutes since local midnight: 19:30. */
const REPORT_MINUTES = 19 * 60 + 30;
/** When every report of the evening must be there: 20:00. Source: issue 5, 4. */
const DUE_MINUTES = 20 * 60;
/** A disk with less room than this beside what is still to come is short, in bytes. */
const MIN_SPARE_BYTES = 200_000_000;

/** The last instant of the table, up to `nowMs`, at which the evening's report was to be made. */
export const lastReportMs = (table: DayTable, nowMs: number): number | null =>
  lastEveningMs(table, nowMs, REPORT_MINUTES);

/**
 * What is wrong with a speaker's next fourteen days, the gravest first; none when all is there. The
 * table holds at least yesterday and today of `nowMs`: a report that is older than the last one
 * which was due by 20:00 is as good as none. Source: issue 5, 4.
 */
export const preflightFaultsOf = (
  preflight: Preflight | null,
  { table, nowMs }: { readonly table: DayTable; readonly nowMs: number },
): PreflightFault[] => {
  const dueMs = lastEveningMs(table, nowMs, DUE_MINUTES);
  const wantedMs = dueMs === null ? null : lastReportMs(table, dueMs);
  if (preflight === null || (wantedMs !== null && preflight.madeMs < wantedMs)) {
    return ['noReport'];
  }
  const { unplannedDays, missingPlaylists, missingClipCount, missingClipBytes, disk } = preflight;
  const faults: readonly (readonly [PreflightFault, boolean])[] = [
    ['clockManual', preflight.clock.source === 'manual'],
    ['unplannedDays', unplannedDays.length > 0],
    ['missingPlaylists', missingPlaylists.length > 0],
    ['missingClips', missingClipCount > 0],
    ['diskShort', disk.freeBytes < missingClipBytes + MIN_SPARE_BYTES],
  ];
  return faults.filter(([, holds]) => holds).map(([fault]) => fault);
};

const lastEveningMs = (table: DayTable, nowMs: number, minutes: number): number | null => {
  const past = table.map((row) => instantAtWall(row, minutes)).filter((atMs) => atMs <= nowMs);
  return past.at(-1) ?? null;
};
