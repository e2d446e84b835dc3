import { unionOf } from '#core/airtime/intervals.ts';
import { wallIntervals } from '#core/airtime/wall-intervals.ts';
import type { LocalDayRow } from '#core/local-time.ts';
import type { AirtimeRule } from '#schemas/airtime.ts';
import type { Interval } from '#schemas/primitives.ts';
import { capsOn } from './check-rules.ts';
import { cutIntervals } from './intervals.ts';
import type { PlanInput } from './plan-input.ts';
import { programmesOn } from './programmes.ts';

/** What of the day is open and what is not, as instants. */
export interface DayFrame {
  readonly row: LocalDayRow;
  /** Quiet hours and forbidden days, a union; reaches into the next day. */
  readonly silent: readonly Interval[];
  /** What else sounds, of which the plan decides nothing. */
  readonly occupied: readonly Interval[];
  /** Both, a union. */
  readonly blocked: readonly Interval[];
  /** As the function of this name says, worked out once a rule. */
  readonly windowsOf: (rule: AirtimeRule) => readonly Interval[];
  /** Null where no cap says anything. */
  readonly maxSessions: number | null;
  readonly maxSessionMs: number | null;
  readonly maxDayMs: number | null;
}

const MINUTE_MS = 60_000;

/** The day's own row and the one after it; throws where the table does not hold the day. */
const rowsOf = (input: PlanInput): readonly [LocalDayRow, ...LocalDayRow[]] => {
  const at = input.table.findIndex((row) => row.day === input.day);
  const [row, next] = input.table.slice(Math.max(0, at), at + 2);
  if (at < 0 || row === undefined) throw new RangeError('the day table does not hold the day');
  return next === undefined ? [row] : [row, next];
};

const leastOf = (values: readonly (number | null)[]): number | null => {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : Math.min(...known);
};

const toMs = (minutes: number | null): number | null =>
  minutes === null ? null : Math.floor(minutes * MINUTE_MS);

const rowToInterval = ({ startMs, endMs }: LocalDayRow): Interval => ({
  fromMs: startMs,
  toMs: endMs,
});

const rememberWindows = (input: PlanInput): DayFrame['windowsOf'] => {
  const known = new Map<AirtimeRule, readonly Interval[]>();
  return (rule) => {
    const windows = known.get(rule) ?? windowsOf(input, rule);
    known.set(rule, windows);
    return windows;
  };
};

/** The day as caps, quiet hours and other programmes leave it. Source: AIRTIME.md, 4 and 5. */
export const frameDay = (input: PlanInput): DayFrame => {
  const rows = rowsOf(input);
  const caps = capsOn(input.caps, input.day);
  const quiet = [...input.quietHours, ...caps.flatMap((cap) => cap.quietHours)];
  const forbidden = new Set(caps.flatMap((cap) => cap.forbiddenWeekdays));
  const silent = [
    ...rows.flatMap((row) => wallIntervals(row, quiet)),
    ...rows.filter((row) => forbidden.has(row.weekday)).map(rowToInterval),
  ];
  const silentProgrammes = programmesOn(input, rows[0]).filter(({ programme }) => !programme.sound);
  const occupied = [...input.occupied, ...silentProgrammes];
  return {
    row: rows[0],
    silent: unionOf(silent),
    occupied,
    blocked: unionOf([...silent, ...occupied]),
    windowsOf: rememberWindows(input),
    maxSessions: leastOf(caps.map((cap) => cap.maxSessionsPerDay)),
    maxSessionMs: leastOf(caps.map((cap) => toMs(cap.maxSessionMinutes))),
    maxDayMs: leastOf(caps.map((cap) => toMs(cap.maxDayMinutes))),
  };
};

const allDay = { from: '00:00', to: '00:00' } as const;

/**
 * The stretches in which a rule's sessions may lie, ascending: its own dayparts, else the site's,
 * else the whole day. A session starts inside one, and before the day's end.
 */
export const windowsOf = (input: PlanInput, rule: AirtimeRule): readonly Interval[] => {
  const rows = rowsOf(input);
  const own = rule.dayparts.length > 0 ? rule.dayparts : input.dayparts;
  const dayparts = own.length > 0 ? own : [allDay];
  const merged = unionOf(rows.flatMap((row) => wallIntervals(row, dayparts)));
  return merged.filter((window) => window.fromMs < rows[0].endMs);
};

/** The windows' parts that nothing blocks, ascending. */
export const openStretches = (frame: DayFrame, windows: readonly Interval[]): Interval[] =>
  windows.flatMap((window) => cutIntervals(window, frame.blocked));
