import type { Id } from '#schemas/primitives.ts';
import type { LogRecord } from '#schemas/records/log-record.ts';
import type { SessionId } from '#schemas/session.ts';
import type { LogFinding } from '#schemas/verdict.ts';
import { bootsOf } from './boot-folding.ts';
import type { BootLog, BootSession } from './boot-log.ts';
import { nothingArrived, type OrderedLog, orderLog } from './log-order.ts';
import { emergencyLookup } from './session-emergencies.ts';
import type { Sound } from './sounds.ts';

/** All that a log says of one session, in the order of the log. */
export interface LoggedSession extends BootSession {
  /** The real emergencies that could lie in a gap of it. */
  readonly emergencies: readonly Sound[];
}

/**
 * A speaker's log, ordered, dated and sorted by session: what every rule is held against. A value:
 * more records make another one, in which whatever they do not touch is the same object.
 */
export interface AsRunLog {
  readonly speaker: Id;
  readonly nowMs: number;
  readonly order: OrderedLog;
  /** In the order of the log; of a long boot its parts. */
  readonly boots: readonly BootLog[];
  /** Ascending by planned start, then id. */
  readonly sessions: readonly LoggedSession[];
  readonly findings: readonly LogFinding[];
}

/**
 * The log as verdicts need it. The order in which records come in does not matter.
 * Source: AIRTIME.md, 2.
 */
export const readLog = (speaker: Id, log: readonly LogRecord[], nowMs: number): AsRunLog => {
  const none = { boots: [], sessions: [], findings: [] };
  return extendLog({ speaker, nowMs, order: nothingArrived, ...none }, log, nowMs);
};

/** The log with more records, as it is at another instant. */
export const extendLog = (
  before: AsRunLog,
  added: readonly LogRecord[],
  nowMs: number,
): AsRunLog => {
  const { speaker } = before;
  const order = orderLog(speaker, added, before.order);
  if (order === before.order && nowMs === before.nowMs) return before;
  const boots = bootsOf(order.records, before, nowMs);
  return {
    speaker,
    nowMs,
    order,
    boots,
    sessions: sessionsOf(boots, before),
    findings: [...order.findings, ...boots.flatMap(({ findings }) => findings)],
  };
};

const sessionsOf = (boots: readonly BootLog[], before: AsRunLog): readonly LoggedSession[] => {
  const parts = new Map<SessionId, BootSession>();
  for (const boot of boots) {
    for (const part of boot.sessions) {
      const sofar = parts.get(part.session);
      parts.set(part.session, sofar === undefined ? part : joined(sofar, part));
    }
  }
  const known = new Map(before.sessions.map((one) => [one.session, one]));
  const emergenciesOf = emergencyLookup(boots);
  return [...parts.values()]
    .map(({ session, plannedMs, sounds, refusals }): LoggedSession => {
      const emergencies = emergenciesOf(sounds);
      const same = known.get(session);
      return same !== undefined &&
        isSameList(same.sounds, sounds) &&
        isSameList(same.emergencies, emergencies) &&
        same.refusals.length === refusals.length
        ? same
        : { session, plannedMs, sounds, refusals, emergencies };
    })
    .sort(byPlannedStart);
};

const joined = (a: BootSession, b: BootSession): BootSession => ({
  session: a.session,
  plannedMs: a.plannedMs,
  sounds: [...a.sounds, ...b.sounds],
  refusals: [...a.refusals, ...b.refusals],
});

/** Whether two lists hold the same objects in the same order. */
export const isSameList = <T>(a: readonly T[], b: readonly T[]): boolean =>
  a === b || (a.length === b.length && a.every((one, index) => one === b[index]));

/** The canonical order of sessions: by planned start, then id. */
export const byPlannedStart = (
  a: { readonly plannedMs: number; readonly session: SessionId },
  b: { readonly plannedMs: number; readonly session: SessionId },
): number => a.plannedMs - b.plannedMs || (a.session < b.session ? -1 : 1);
