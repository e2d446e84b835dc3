import type { Id } from '#schemas/primitives.ts';
import { sessionIdToStartMs } from '#schemas/read-session-id.ts';
import type { LogRecord } from '#schemas/records/log-record.ts';
import type { RefusalReason } from '#schemas/records/reasons.ts';
import type { SessionId } from '#schemas/session.ts';
import type { LogFinding } from '#schemas/verdict.ts';
import { dateLog, type LogLine } from './dating.ts';
import { orderLog } from './log-order.ts';
import { isDated, isEmergency, type Sound, soundOf } from './sounds.ts';

/** All that a log says of one session, in the order of the log. */
export interface LoggedSession {
  readonly session: SessionId;
  readonly plannedMs: number;
  readonly sounds: readonly Sound[];
  readonly refusals: readonly { readonly seq: number; readonly reason: RefusalReason }[];
}

/** A speaker's log, ordered, dated and sorted by session: what every rule is held against. */
export interface AsRunLog {
  readonly lines: readonly LogLine[];
  /** Ascending by planned start, then id. */
  readonly sessions: readonly LoggedSession[];
  /** Real emergencies that are dated. */
  readonly emergencies: readonly Sound[];
  /** Planned starts of the sessions that a record without a date names. */
  readonly undatedStartsMs: readonly number[];
  readonly findings: readonly LogFinding[];
}

/**
 * The log as verdicts need it. The order in which records come in does not matter.
 * Source: AIRTIME.md, 2.
 */
export const readLog = (speaker: Id, log: readonly LogRecord[], nowMs: number): AsRunLog => {
  const ordered = orderLog(speaker, log);
  const lines = dateLog(ordered.records, nowMs);
  const sounds = lines.flatMap((line) => soundOf(line) ?? []);
  const fromFuture: LogFinding[] = lines
    .filter((line) => line.afterInstant)
    .map(({ record }) => ({ code: 'recordAfterInstant', speaker, seq: record.seq }));
  return {
    lines,
    sessions: sessionsOf(lines, sounds),
    emergencies: sounds.filter((sound) => isEmergency(sound) && isDated(sound)),
    undatedStartsMs: lines.filter((line) => line.offsetMs === null).flatMap(namedStartMs),
    findings: [...ordered.findings, ...fromFuture],
  };
};

/** The session that a record names, if it names one. */
export const sessionNamedBy = (record: LogRecord): SessionId | null => {
  if (record.kind === 'ended' || record.kind === 'refused') return record.session;
  return record.kind === 'heartbeat' ? record.openSession : null;
};

const namedStartMs = ({ record }: LogLine): readonly number[] => {
  const session = sessionNamedBy(record);
  return session === null ? [] : [sessionIdToStartMs(session)];
};

const sessionsOf = (
  lines: readonly LogLine[],
  sounds: readonly Sound[],
): readonly LoggedSession[] => {
  const refusals = Map.groupBy(
    lines.flatMap(({ record }) => (record.kind === 'refused' ? [record] : [])),
    (record) => record.session,
  );
  const heard = Map.groupBy(sounds, ({ record }) => record.session);
  const ids = new Set([...heard.keys(), ...[...refusals.keys()].filter((id) => id !== null)]);
  return [...ids]
    .map((session) => ({
      session,
      plannedMs: sessionIdToStartMs(session),
      sounds: heard.get(session) ?? [],
      refusals: (refusals.get(session) ?? []).map(({ seq, reason }) => ({ seq, reason })),
    }))
    .sort(byPlannedStart);
};

/** The canonical order of sessions: by planned start, then id. */
export const byPlannedStart = (
  a: { readonly plannedMs: number; readonly session: SessionId },
  b: { readonly plannedMs: number; readonly session: SessionId },
): number => a.plannedMs - b.plannedMs || (a.session < b.session ? -1 : 1);
