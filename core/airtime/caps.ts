import type { DayTable, LocalDayRow } from '#core/local-time.ts';
import { rowAt } from '#core/local-time.ts';
import type { AirtimeCap } from '#schemas/airtime.ts';
import type { Interval } from '#schemas/primitives.ts';
import type { CapFinding } from '#schemas/verdict.ts';
import { type LoggedSession, readLog } from './as-run-log.ts';
import { type CappedDay, type CappedSession, capFindingsOfDays } from './cap-days.ts';
import { heardParts } from './heard-parts.ts';
import { clipTo } from './intervals.ts';
import type { JudgedSpeaker, UnitSpan } from './judge-input.ts';
import { airtimeMsOf } from './runs.ts';
import { isDated, isEmergency, type Sound } from './sounds.ts';
import { createUnitTree, holdsDay, type UnitTree, unitOn } from './unit-tree.ts';

/** All that cap findings depend on; caps bind every speaker at or below their unit. */
export interface CapInput {
  readonly caps: readonly AirtimeCap[];
  readonly table: DayTable;
  readonly units: readonly UnitSpan[];
  readonly speakers: readonly JudgedSpeaker[];
  readonly nowMs: number;
}

/**
 * Every breach of a cap on the days of the table, by cap, speaker, day. All that sounded is judged,
 * drills too, real emergencies alone excepted; what has no date is not. A cap is in force on the
 * days of its validity on which the speaker stands at or below its unit. Of a week that the table
 * or the validity holds in part, the days that are there are counted.
 * Source: AIRTIME.md, 4 (caps).
 */
export const judgeCaps = (input: CapInput): readonly CapFinding[] => {
  const tree = createUnitTree(input.units);
  const speakers = [...input.speakers].sort((a, b) => (a.speaker < b.speaker ? -1 : 1));
  const heard = speakers.map((speaker) => ({
    speaker,
    days: daysOf(speaker, input),
  }));
  return [...input.caps]
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .flatMap((cap) =>
      heard.flatMap(({ speaker, days }) => {
        const inForce = days.filter(({ row }) => isInForce(cap, { speaker, row }, tree));
        return capFindingsOfDays(cap, speaker.speaker, inForce);
      }),
    );
};

/**
 * From the earliest to the latest instant that caps could be asked about in some logs: what sounded,
 * and the planned starts of its sessions. Undefined when nothing sounded that is dated.
 */
export const cappedInstants = (
  speakers: readonly Pick<JudgedSpeaker, 'speaker' | 'log'>[],
  nowMs: number,
): Interval | undefined => {
  let fromMs = Number.POSITIVE_INFINITY;
  let toMs = Number.NEGATIVE_INFINITY;
  for (const speaker of speakers) {
    for (const { logged } of cappedSessionsOf(speaker, nowMs)) {
      const { plannedMs } = logged;
      const heard = heardParts(logged.sounds.filter(isCapped));
      for (const part of [{ fromMs: plannedMs, toMs: plannedMs }, ...heard]) {
        fromMs = Math.min(fromMs, part.fromMs);
        toMs = Math.max(toMs, part.toMs);
      }
    }
  }
  return fromMs <= toMs ? { fromMs, toMs } : undefined;
};

const isInForce = (
  cap: AirtimeCap,
  { speaker, row }: { readonly speaker: JudgedSpeaker; readonly row: LocalDayRow },
  tree: UnitTree,
): boolean => {
  const unit = unitOn(speaker, row.day);
  if (unit === null || !holdsDay(cap, row.day)) return false;
  return tree.pathOn(unit, row.day).some((span) => span.unit === cap.unit);
};

const daysOf = (speaker: JudgedSpeaker, { table, nowMs }: CapInput): readonly CappedDay[] => {
  const sessions = cappedSessionsOf(speaker, nowMs);
  const byDay = Map.groupBy(sessions, ({ logged }) => rowAt(table, logged.plannedMs)?.day);
  const heard = heardParts(sessions.flatMap(({ logged }) => logged.sounds.filter(isCapped)));
  return table.map((row) => ({
    row,
    heard: clipTo(heard, { fromMs: row.startMs, toMs: row.endMs }),
    sessions: byDay.get(row.day) ?? [],
  }));
};

const cappedSessionsOf = (
  { speaker, log }: Pick<JudgedSpeaker, 'speaker' | 'log'>,
  nowMs: number,
): readonly CappedSession[] =>
  readLog(speaker, log, nowMs).sessions.flatMap((logged) => cappedSession(logged) ?? []);

const isCapped = (sound: Sound): boolean => isDated(sound) && !isEmergency(sound);

const cappedSession = (logged: LoggedSession): CappedSession | undefined => {
  const airtimeMs = airtimeMsOf(logged.sounds.filter(isCapped));
  return airtimeMs === 0 ? undefined : { logged, airtimeMs };
};
