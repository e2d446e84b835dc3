import { type LocalDayRow, MINUTE_MS } from '#core/local-time.ts';
import type { AirtimeCap } from '#schemas/airtime.ts';
import type { Id, Interval } from '#schemas/primitives.ts';
import type { CapFinding } from '#schemas/verdict.ts';
import type { LoggedSession } from './as-run-log.ts';
import { dayToNumber, mondayOf } from './day-number.ts';
import { clipTo, lengthOf } from './intervals.ts';
import { wallIntervals } from './wall-intervals.ts';

/** A day of a speaker on which a cap is in force: its sound in wall time, and its sessions. */
export interface CappedDay {
  readonly row: LocalDayRow;
  readonly heard: readonly Interval[];
  readonly sessions: readonly CappedSession[];
}

/** A session in which anything was audible; `airtimeMs` is the union of all of it. */
export interface CappedSession {
  readonly logged: LoggedSession;
  readonly airtimeMs: number;
}

type Breach = Pick<CapFinding, 'code' | 'session' | 'found' | 'allowed'>;

/** The breaches of one cap by one speaker on the given days, ascending by day. */
export const capFindingsOfDays = (
  cap: AirtimeCap,
  speaker: Id,
  days: readonly CappedDay[],
): readonly CapFinding[] =>
  days.flatMap((day) =>
    [
      ...weekBreaches(cap, day, days),
      ...countBreaches(cap, day),
      ...sessionBreaches(cap, day),
      ...soundBreaches(cap, day),
    ].map((breach) => ({ cap: cap.id, speaker, day: day.row.day, ...breach })),
  );

/** Looked at on the first of the given days of each week. */
const weekBreaches = (
  cap: AirtimeCap,
  day: CappedDay,
  days: readonly CappedDay[],
): readonly Breach[] => {
  if (cap.maxDaysPerWeek === null) return [];
  const week = weekOf(day);
  const ofWeek = days.filter((other) => weekOf(other) === week);
  if (ofWeek[0] !== day) return [];
  const found = ofWeek.filter(({ sessions }) => sessions.length > 0).length;
  return above('maxDaysPerWeek', found, cap.maxDaysPerWeek);
};

const weekOf = ({ row }: CappedDay): number => mondayOf(dayToNumber(row.day));

const countBreaches = (cap: AirtimeCap, { sessions }: CappedDay): readonly Breach[] =>
  cap.maxSessionsPerDay === null
    ? []
    : above('maxSessionsPerDay', sessions.length, cap.maxSessionsPerDay);

const sessionBreaches = (cap: AirtimeCap, { sessions }: CappedDay): readonly Breach[] => {
  const { maxSessionMinutes } = cap;
  if (maxSessionMinutes === null) return [];
  return sessions.flatMap(({ logged, airtimeMs }) =>
    above('maxSessionMinutes', airtimeMs, minutesToMs(maxSessionMinutes)).map((breach) => ({
      ...breach,
      session: logged.session,
    })),
  );
};

const soundBreaches = (cap: AirtimeCap, { row, heard }: CappedDay): readonly Breach[] => {
  const dayMs = lengthOf(heard);
  const isForbidden = cap.forbiddenWeekdays.includes(row.weekday);
  const quiet = wallIntervals(row, cap.quietHours);
  const quietMs = quiet.reduce((sum, window) => sum + lengthOf(clipTo(heard, window)), 0);
  return [
    ...(cap.maxDayMinutes === null
      ? []
      : above('maxDayMinutes', dayMs, minutesToMs(cap.maxDayMinutes))),
    ...(isForbidden ? above('forbiddenWeekdays', dayMs, 0) : []),
    ...above('quietHours', quietMs, 0),
  ];
};

const above = (code: Breach['code'], found: number, allowed: number): readonly Breach[] =>
  found > allowed ? [{ code, session: null, found, allowed }] : [];

const minutesToMs = (minutes: number): number => Math.round(minutes * MINUTE_MS);
