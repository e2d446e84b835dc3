import {
  type DayTable,
  type LocalDayRow,
  localTimeToMinutes,
  MINUTE_MS,
  rowAt,
  wallMinutesAt,
} from '#core/local-time.ts';
import type { AirtimeRule } from '#schemas/airtime.ts';
import type { Daypart, LocalDay } from '#schemas/primitives.ts';
import type { LoggedSession } from './as-run-log.ts';
import { longestRun, type Run } from './runs.ts';
import { canEarn, firstHeardMs, type Sound } from './sounds.ts';

/**
 * A session under one rule: its longest run of counting sounds. `day` is the local day of its
 * planned start; `startedMs` the wall instant at which anything of it that can earn was first heard.
 * `qualifies` says that it is long enough and inside a daypart; whether its day owes the rule is
 * the period's matter. Source: AIRTIME.md, 3.
 */
export interface Occurrence {
  readonly logged: LoggedSession;
  readonly day: LocalDay;
  readonly counting: readonly Sound[];
  readonly run: Run;
  readonly startedMs: number | null;
  readonly timing: 'onTime' | 'early' | 'late' | null;
  readonly isInDaypart: boolean;
  readonly qualifies: boolean;
}

/** A speaker's sessions by the local day of their planned start; those outside the table are left out. */
export type OccurrencesByDay = ReadonlyMap<LocalDay, readonly Occurrence[]>;

/** What an occurrence of the rule must last, in whole milliseconds, at least 1. */
export const neededMsOf = (rule: AirtimeRule): number =>
  Math.max(1, Math.round((rule.minMinutes ?? 0) * MINUTE_MS));

/** Sessions (ascending by planned start) with their broadcasts, and the speaker's emergencies. */
export interface HeardSessions {
  readonly sessions: readonly LoggedSession[];
  readonly emergencies: readonly Sound[];
}

/** Every session of the table's days under one version of a rule, by day, in order of planned start. */
export const occurrencesByDay = (
  rule: AirtimeRule,
  heard: HeardSessions,
  table: DayTable,
): OccurrencesByDay => {
  const byDay = new Map<LocalDay, Occurrence[]>();
  for (const logged of heard.sessions) {
    const row = rowAt(table, logged.plannedMs);
    if (row === undefined) continue;
    const occurrence = occurrenceOf(rule, { logged, row, emergencies: heard.emergencies });
    const same = byDay.get(row.day);
    if (same === undefined) byDay.set(row.day, [occurrence]);
    else same.push(occurrence);
  }
  return byDay;
};

interface SessionOfDay {
  readonly logged: LoggedSession;
  readonly row: LocalDayRow;
  readonly emergencies: readonly Sound[];
}

const occurrenceOf = (
  rule: AirtimeRule,
  { logged, row, emergencies }: SessionOfDay,
): Occurrence => {
  const earning = logged.sounds.filter(canEarn);
  const counting = countingOf(rule, earning);
  const run = longestRun(counting, rule.maxGapS * 1000, emergencies);
  const startedMs = earning.reduce<number | null>((earliest, sound) => {
    const heardMs = firstHeardMs(sound);
    return heardMs === undefined ? earliest : Math.min(earliest ?? heardMs, heardMs);
  }, null);
  const isInDaypart = liesInDayparts(rule.dayparts, row, logged.plannedMs);
  return {
    logged,
    day: row.day,
    counting,
    run,
    startedMs,
    timing: startedMs === null ? null : timingOf(startedMs - logged.plannedMs, rule),
    isInDaypart,
    qualifies: isInDaypart && run.airtimeMs >= neededMsOf(rule),
  };
};

const countingOf = (rule: AirtimeRule, earning: readonly Sound[]): readonly Sound[] => {
  const isOfCampaign = ({ record }: Sound): boolean =>
    record.item.campaigns.includes(rule.campaign);
  if (rule.counts === 'campaign') return earning.filter(isOfCampaign);
  const isHeard = earning.some((sound) => isOfCampaign(sound) && sound.audible.length > 0);
  return isHeard ? earning : [];
};

const timingOf = (behindMs: number, rule: AirtimeRule): 'onTime' | 'early' | 'late' => {
  if (Math.abs(behindMs) <= rule.startToleranceS * 1000) return 'onTime';
  return behindMs < 0 ? 'early' : 'late';
};

/**
 * Whether an instant of the row's day lies in one of the dayparts, by the wall; half-open, a daypart
 * may wrap midnight; no dayparts allow any time. Source: AIRTIME.md, 3.
 */
const liesInDayparts = (
  dayparts: readonly Daypart[],
  row: LocalDayRow,
  instantMs: number,
): boolean => {
  if (dayparts.length === 0) return true;
  const minutes = wallMinutesAt(row, instantMs);
  return dayparts.some((daypart) => {
    const from = localTimeToMinutes(daypart.from);
    const to = localTimeToMinutes(daypart.to);
    return from < to ? minutes >= from && minutes < to : minutes >= from || minutes < to;
  });
};
