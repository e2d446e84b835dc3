import type { Id } from '#schemas/primitives.ts';
import { sessionIdToStartMs } from '#schemas/read-session-id.ts';
import type { LogRecord } from '#schemas/records/log-record.ts';
import type { RefusalReason } from '#schemas/records/reasons.ts';
import type { SessionId } from '#schemas/session.ts';
import type { LogFinding } from '#schemas/verdict.ts';
import { doubtFromMs, type Inherited, type PartAnchors } from './boot-parts.ts';
import type { LogLine } from './dating.ts';
import { isDated, isEmergency, isSound, type Sound } from './sounds.ts';
import { type PartWitnesses, witnessesAmong } from './witnesses.ts';

/** What one boot says of one session, in the order of the log. */
export interface BootSession {
  readonly session: SessionId;
  /** Epoch milliseconds. */
  readonly plannedMs: number;
  readonly sounds: readonly Sound[];
  readonly refusals: readonly SessionRefusal[];
}

export interface SessionRefusal {
  readonly seq: number;
  readonly reason: RefusalReason;
}

/**
 * One boot of a log, or a part of a long one, folded by itself: a late record folds anew only its own
 * part, and those that it dates.
 */
export interface BootLog extends PartWitnesses {
  readonly anchors: PartAnchors;
  readonly inherited: Inherited;
  readonly lines: readonly LogLine[];
  readonly isDated: boolean;
  /** The latest wall time of a line; minus infinity when none is dated. */
  readonly latestMs: number;
  readonly sessions: readonly BootSession[];
  /** Real emergencies that are dated. */
  readonly emergencies: readonly Sound[];
  /** The sessions that a record without a date names. */
  readonly undatedSessions: ReadonlySet<SessionId>;
  readonly findings: readonly LogFinding[];
}

/** The session that a record names, if it names one. */
export const sessionNamedBy = (record: LogRecord): SessionId | null => {
  if (record.kind === 'ended' || record.kind === 'refused') return record.session;
  return record.kind === 'heartbeat' ? record.openSession : null;
};

interface Draft {
  readonly session: SessionId;
  readonly plannedMs: number;
  readonly sounds: Sound[];
  readonly refusals: SessionRefusal[];
}

/** Sorts the lines of a boot, or of a part of it, by what they say. Source: AIRTIME.md, 2. */
export const foldBoot = (
  speaker: Id,
  { lines, anchors, inherited }: Pick<BootLog, 'lines' | 'anchors' | 'inherited'>,
): BootLog => {
  const drafts = createDrafts();
  const emergencies: Sound[] = [];
  const undatedSessions = new Set<SessionId>();
  const findings: LogFinding[] = [];
  let latestMs = Number.NEGATIVE_INFINITY;
  for (const line of lines) {
    const { record } = line;
    if (line.offsetMs === null) addNamed(record, undatedSessions);
    else latestMs = Math.max(latestMs, record.posMs + line.offsetMs);
    if (line.afterInstant) findings.push({ code: 'recordAfterInstant', speaker, seq: record.seq });
    if (isSound(line)) {
      drafts.of(line.record.session).sounds.push(line);
      if (isEmergency(line) && isDated(line)) emergencies.push(line);
    } else if (record.kind === 'refused' && record.session !== null && !line.afterInstant) {
      drafts.of(record.session).refusals.push({ seq: record.seq, reason: record.reason });
    }
  }
  return {
    ...witnessesAmong(lines),
    anchors,
    inherited: { ...inherited, anchorMs: doubtFromMs(inherited, latestMs) },
    lines,
    isDated: Number.isFinite(latestMs),
    latestMs,
    sessions: drafts.all(),
    emergencies,
    undatedSessions,
    findings,
  };
};

const addNamed = (record: LogRecord, sessions: Set<SessionId>): void => {
  const session = sessionNamedBy(record);
  if (session !== null) sessions.add(session);
};

const toDraft = (session: SessionId): Draft => ({
  session,
  plannedMs: sessionIdToStartMs(session),
  sounds: [],
  refusals: [],
});

/** Sessions in the making; the one that was asked for last is found without looking. */
const createDrafts = () => {
  const drafts = new Map<SessionId, Draft>();
  let last: Draft | undefined;
  return {
    of: (session: SessionId): Draft => {
      if (last?.session === session) return last;
      const known = drafts.get(session);
      last = known ?? toDraft(session);
      if (known === undefined) drafts.set(session, last);
      return last;
    },
    all: (): readonly BootSession[] => [...drafts.values()],
  };
};
