import { type DayTable, type LocalDayRow, rowAt } from '#core/local-time.ts';
import type { AirtimeRule } from '#schemas/airtime.ts';
import type { LocalDay } from '#schemas/primitives.ts';
import { sessionIdToStartMs } from '#schemas/read-session-id.ts';
import type { LogRecord } from '#schemas/records/log-record.ts';
import type { SessionId } from '#schemas/session.ts';
import {
  type AsRunLog,
  byPlannedStart,
  extendLog,
  type LoggedSession,
  readLog,
} from './as-run-log.ts';
import { type LogReach, reachOf } from './contiguity.ts';
import { lowestIndex } from './interval-index.ts';
import type { JudgedSpeaker } from './judge-input.ts';
import { type Occurrence, occurrenceOf } from './occurrences.ts';

/**
 * The sessions of one local day, ascending by planned start, those that left no record among them.
 * Occurrences are worked out once per version of a rule.
 */
export interface HeardDay {
  readonly row: LocalDayRow;
  readonly sessions: readonly LoggedSession[];
  readonly occurrencesUnder: (rule: AirtimeRule) => readonly Occurrence[];
}

/**
 * A speaker with its log read: a value. More records make another one, in which the days that they
 * do not touch are the same objects.
 */
export interface SpeakerLog {
  readonly speaker: Omit<JudgedSpeaker, 'log'>;
  readonly table: DayTable;
  readonly log: AsRunLog;
  readonly reach: LogReach;
  readonly days: ReadonlyMap<LocalDay, HeardDay>;
  /** The same speaker as if the log ended with a number, for those that were asked. */
  readonly earlier: Map<number, SpeakerLog>;
}

/** Reads a speaker's log for judging at `nowMs` on the days of the table. */
export const readSpeakerLog = (
  { log, ...speaker }: JudgedSpeaker,
  table: DayTable,
  nowMs: number,
): SpeakerLog =>
  toSpeakerLog({ speaker, table, log: readLog(speaker.speaker, log, nowMs) }, undefined);

/** What is new about a speaker. */
export interface SpeakerNews {
  readonly records?: readonly LogRecord[];
  /** All the sessions of its playlists. */
  readonly planned?: readonly SessionId[];
  readonly nowMs?: number;
}

/** The speaker as its log is with what is new, whatever the order of arrival. */
export const extendSpeakerLog = (before: SpeakerLog, news: SpeakerNews): SpeakerLog => {
  const { records = [], planned = before.speaker.planned, nowMs = before.log.nowMs } = news;
  const speaker = { ...before.speaker, planned };
  const log = extendLog(before.log, records, nowMs);
  if (log === before.log && planned === before.speaker.planned) return before;
  return toSpeakerLog({ speaker, table: before.table, log }, before);
};

/** The occurrences of a day under a version of a rule, in order of planned start. */
export const occurrencesOn = (
  { days }: SpeakerLog,
  rule: AirtimeRule,
  day: LocalDay,
): readonly Occurrence[] => days.get(day)?.occurrencesUnder(rule) ?? [];

/** The same speaker as if the log ended with this number. */
export const speakerLogUpTo = (heard: SpeakerLog, seq: number): SpeakerLog => {
  const { records } = heard.log.order;
  const known = heard.earlier.get(seq);
  const count = lowestIndex(records, (record) => record.seq > seq);
  const isSame =
    known?.log.order.records.length === count &&
    known.log.nowMs === heard.log.nowMs &&
    known.speaker.planned === heard.speaker.planned;
  if (isSame) return known;
  const log = records.slice(0, count);
  const found = readSpeakerLog({ ...heard.speaker, log }, heard.table, heard.log.nowMs);
  heard.earlier.set(seq, found);
  return found;
};

const toSpeakerLog = (
  made: Pick<SpeakerLog, 'speaker' | 'table' | 'log'>,
  before: SpeakerLog | undefined,
): SpeakerLog => {
  const sessions = withPlanned(made.log.sessions, made.speaker.planned);
  return {
    speaker: made.speaker,
    table: made.table,
    log: made.log,
    reach: reachOf(made.log),
    days: daysOf(sessions, made.table, before?.days),
    earlier: new Map(before?.earlier),
  };
};

const withPlanned = (
  logged: readonly LoggedSession[],
  planned: readonly SessionId[],
): readonly LoggedSession[] => {
  if (planned.length === 0) return logged;
  const known = new Set(logged.map(({ session }) => session));
  const silent = [...new Set(planned)]
    .filter((session) => !known.has(session))
    .map((session) => ({
      session,
      plannedMs: sessionIdToStartMs(session),
      sounds: [],
      refusals: [],
      emergencies: [],
    }));
  return [...logged, ...silent].sort(byPlannedStart);
};

/** Sessions by day; those outside the table are left out. A day that is as it was is the same object. */
const daysOf = (
  sessions: readonly LoggedSession[],
  table: DayTable,
  before: ReadonlyMap<LocalDay, HeardDay> | undefined,
): ReadonlyMap<LocalDay, HeardDay> => {
  const days = new Map<LocalDay, HeardDay>();
  let row: LocalDayRow | undefined;
  let from = 0;
  const close = (to: number): void => {
    if (row === undefined) return;
    const ofDay = sessions.slice(from, to);
    const same = before?.get(row.day);
    const isSame = same !== undefined && isSameDay(same.sessions, ofDay);
    days.set(row.day, isSame ? same : createHeardDay(row, ofDay));
  };
  for (const [index, { plannedMs }] of sessions.entries()) {
    if (row !== undefined && plannedMs < row.endMs) continue;
    close(index);
    row = rowAt(table, plannedMs);
    from = index;
  }
  close(sessions.length);
  return days;
};

/** Sessions without a trace are made anew each time; they are the same when they are called the same. */
const isSameDay = (a: readonly LoggedSession[], b: readonly LoggedSession[]): boolean =>
  a.length === b.length &&
  a.every((one, index) => one === b[index] || (isSilent(one) && isSilentAs(b[index], one)));

const isSilent = ({ sounds, refusals }: LoggedSession): boolean =>
  sounds.length === 0 && refusals.length === 0;

const isSilentAs = (other: LoggedSession | undefined, one: LoggedSession): boolean =>
  other?.session === one.session && isSilent(other);

const createHeardDay = (row: LocalDayRow, sessions: readonly LoggedSession[]): HeardDay => {
  const byRule = new Map<AirtimeRule, readonly Occurrence[]>();
  return {
    row,
    sessions,
    occurrencesUnder: (rule) => {
      const found = byRule.get(rule) ?? sessions.map((logged) => occurrenceOf(rule, logged, row));
      byRule.set(rule, found);
      return found;
    },
  };
};
