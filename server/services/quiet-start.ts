import { unionOf } from '#core/airtime/intervals.ts';
import { wallIntervals } from '#core/airtime/wall-intervals.ts';
import { createDayTable, localDayAt } from '#runtime/day-table.ts';
import type { Daypart } from '#schemas/primitives.ts';

/** How far ahead a start is looked for. */
const DAYS_AHEAD = 3;

export interface QuietStartInput {
  readonly zone: string;
  readonly quietHours: readonly Daypart[];
  readonly fromMs: number;
  /** How long it will sound. */
  readonly durationMs: number;
}

/**
 * The first instant, `fromMs` or later, from which a sound of this length keeps clear of quiet hours.
 * What is longer than any time without them begins when the quiet hours that hold next are over.
 */
export const quietStart = (input: QuietStartInput): number => {
  const { zone, fromMs, durationMs } = input;
  const table = createDayTable(zone, localDayAt(fromMs, zone), DAYS_AHEAD);
  const quiet = unionOf(table.flatMap((row) => wallIntervals(row, input.quietHours))).filter(
    ({ toMs }) => toMs > fromMs,
  );
  let startMs = fromMs;
  for (const stretch of quiet) {
    if (startMs + durationMs <= stretch.fromMs) return startMs;
    startMs = Math.max(startMs, stretch.toMs);
  }
  return startMs >= (table.at(-1)?.endMs ?? 0) ? afterFirst(quiet, fromMs) : startMs;
};

const afterFirst = (
  quiet: readonly { readonly fromMs: number; readonly toMs: number }[],
  fromMs: number,
): number => {
  const holding = quiet.find((stretch) => stretch.fromMs <= fromMs && fromMs < stretch.toMs);
  return holding?.toMs ?? fromMs;
};
