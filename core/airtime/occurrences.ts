import {
  type LocalDayRow,
  localTimeToMinutes,
  MINUTE_MS,
  wallMinutesAt,
} from '#core/local-time.ts';
import type { AirtimeRule } from '#schemas/airtime.ts';
import type { Daypart, LocalDay } from '#schemas/primitives.ts';
import { allThat } from './all-that.ts';
import type { LoggedSession } from './as-run-log.ts';
import { longestRun, type Run } from './runs.ts';
import { canEarn, type Sound } from './sounds.ts';

/**
 * A session under one rule: its longest run of counting sounds. `day` is the local day of its
 * planned start; `startedMs` the wall instant at which anything of it that can earn was first heard.
 * `qualifies` says that it is long enough and inside a daypart; whether its day owes the rule is
 * the period's matter. Source: AIRTIME.md, 3.
 */
export interface Occurrence {
  readonly logged: LoggedSession;
  readonly day: LocalDay;
  /** In the order of `logged.sounds`. */
  readonly counting: readonly Sound[];
  readonly run: Run;
  readonly startedMs: number | null;
  readonly timing: 'onTime' | 'early' | 'late' | null;
  readonly isInDaypart: boolean;
  readonly qualifies: boolean;
}

/** What an occurrence of the rule must last, in whole milliseconds, at least 1. */
export const neededMsOf = (rule: AirtimeRule): number =>
  Math.max(1, Math.round((rule.minMinutes ?? 0) * MINUTE_MS));

/** A session of the row's day under one version of a rule. */
export const occurrenceOf = (
  rule: AirtimeRule,
  logged: LoggedSession,
  row: LocalDayRow,
): Occurrence => {
  const earning = allThat(logged.sounds, canEarn);
  const counting = countingOf(rule, earning);
  const run = longestRun(counting, rule.maxGapS * 1000, logged.emergencies);
  const startedMs = earliestMs(earning);
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

/** When anything of (dated) sounds was first audible. */
const earliestMs = (sounds: readonly Sound[]): number | null => {
  let earliest = Number.POSITIVE_INFINITY;
  for (const { audible, offsetMs } of sounds) {
    const first = audible[0];
    if (first !== undefined) earliest = Math.min(earliest, first.fromMs + (offsetMs ?? 0));
  }
  return Number.isFinite(earliest) ? earliest : null;
};

const countingOf = (rule: AirtimeRule, earning: readonly Sound[]): readonly Sound[] => {
  const isOfCampaign = ({ record }: Sound): boolean =>
    record.item.campaigns.includes(rule.campaign);
  if (rule.counts === 'campaign') return allThat(earning, isOfCampaign);
  const isHeard = earning.some((sound) => isOfCampaign(sound) && sound.audible.length > 0);
  return isHeard ? earning : allThat(earning, isOfCampaign);
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
