import type { MakeGood } from '#core/make-good/make-good.ts';
import type { Repayment } from '#schemas/make-good.ts';
import type { Playlist, Session } from '#schemas/playlist.ts';
import type { Id, Sha256 } from '#schemas/primitives.ts';
import { plannedSessionId, type SessionId } from '#schemas/session.ts';
import { type DayTable, MINUTE_MS, rowAt } from '../local-time.ts';
import { isSkipped, type LateLook, mayRestart } from './late-start.ts';
import { sessionEndMs } from './segment.ts';
import type { SessionBook } from './session-book.ts';

/** A session that could sound now or later. Instants are epoch milliseconds. */
export interface Candidate {
  readonly id: SessionId;
  readonly session: Session;
  /** When it began, where that was not when it was planned to: `session.startMs`. */
  readonly startMs: number;
  readonly endMs: number;
  /** The document it stands in; null for what no document names. */
  readonly playlist: Sha256 | null;
  readonly order: Id | null;
  readonly begun: boolean;
  /** What the session repays; null in all that is planned or played by hand. */
  readonly repays: Repayment | null;
  /** The emergency whose repeat this is, if it is one. */
  readonly emergency?: Id;
}

export interface CandidatesInput extends LateLook {
  /** The documents that the pointer names for days, by hash. */
  readonly planned: readonly Sha256[];
  readonly documents: ReadonlyMap<Sha256, Playlist>;
  readonly book: SessionBook;
  readonly table: DayTable;
  /** What sounds or is loaded: it was begun in time, also before the book says so. */
  readonly current: SessionId | null;
}

/** Sessions by what is to be done about them. */
export interface SortedSessions {
  /** Those that may sound now or later: by hand first, then by priority and start. */
  readonly open: readonly Candidate[];
  /** Those that were not begun in time, or were cut, and are not begun any more. */
  readonly tooLate: readonly Candidate[];
  /** Lists by hand that are over. */
  readonly handOver: readonly Candidate[];
}

/** The sessions that the speaker knows of at one instant. Source: AIRTIME.md, 2. */
export const sortSessions = (input: CandidatesInput): SortedSessions => {
  const all = [...handCandidates(input), ...plannedCandidates(input)];
  const isOver = (candidate: Candidate) =>
    candidate.endMs <= input.nowMs && !mayRestart(candidate, input);
  const isLate = (candidate: Candidate) =>
    isSkipped(candidate, input) ||
    (!candidate.begun &&
      candidate.id !== input.current &&
      (isOver(candidate) || isTooLate(candidate, input)));
  return {
    open: all.filter((candidate) => !isOver(candidate) && !isLate(candidate)).sort(byRank),
    tooLate: all.filter(isLate),
    handOver: all.filter((candidate) => candidate.order !== null && isOver(candidate)),
  };
};

/**
 * The open sessions with the make-goods that may sound now or later, best first. One that was not
 * begun when its time came is not begun any more, and one that can repay no more is left.
 */
export const withMakeGoods = (
  open: readonly Candidate[],
  placed: readonly MakeGood[],
  { book, nowMs }: { readonly book: SessionBook; readonly nowMs: number },
): readonly Candidate[] => {
  const states = new Map(book.sessions.map((entry) => [entry.session, entry.state]));
  const repaying = placed.flatMap(({ session, repays, playlist, abandoned }): Candidate[] => {
    const { id, startMs } = session;
    const endMs = sessionEndMs(session, startMs);
    const begun = states.get(id) === 'begun';
    if (abandoned || states.get(id) === 'closed' || nowMs >= (begun ? endMs : startMs)) return [];
    return [{ id, session, startMs, endMs, playlist, order: null, begun, repays }];
  });
  return [...open, ...repaying].sort(byRank);
};

/** Whether `a` goes before `b` where both want to sound. */
export const outranks = (a: Candidate, b: Candidate): boolean => rankOf(a) < rankOf(b);

const isTooLate = (candidate: Candidate, input: CandidatesInput): boolean => {
  const dayEndMs = rowAt(input.table, candidate.startMs)?.endMs ?? candidate.startMs;
  const latestMs = candidate.startMs + candidate.session.latestStartMin * MINUTE_MS;
  return input.nowMs > Math.min(latestMs, dayEndMs);
};

const priorityRanks: Readonly<Record<Session['priority'], number>> = {
  emergency: 1,
  priority: 2,
  normal: 3,
};

/** What repays goes behind everything that is planned. */
const REPAYING_RANK = 4;

/** What a signed emergency lets sound goes before everything. */
const EMERGENCY_RANK = -1;

const rankOf = ({ emergency, order, repays, session }: Candidate): number => {
  if (emergency !== undefined) return EMERGENCY_RANK;
  if (order !== null) return 0;
  return repays === null ? priorityRanks[session.priority] : REPAYING_RANK;
};

const byRank = (a: Candidate, b: Candidate): number =>
  rankOf(a) - rankOf(b) || a.startMs - b.startMs;

const handCandidates = (input: CandidatesInput): Candidate[] =>
  input.book.sessions.flatMap((entry) => {
    const session = input.documents.get(entry.playlist)?.sessions[0];
    if (entry.order === null || entry.state !== 'begun' || session === undefined) return [];
    const { startMs, playlist, order } = entry;
    const endMs = sessionEndMs(session, startMs);
    return [
      { id: entry.session, session, startMs, endMs, playlist, order, begun: true, repays: null },
    ];
  });

const plannedCandidates = (input: CandidatesInput): Candidate[] => {
  const booked = new Map(input.book.sessions.map((entry) => [entry.session, entry]));
  const found = new Map<SessionId, Candidate>();
  for (const playlist of input.planned) {
    for (const session of input.documents.get(playlist)?.sessions ?? []) {
      if (session.startMs === null) continue;
      const id = session.id ?? plannedSessionId(session.startMs);
      const entry = booked.get(id);
      if (entry?.state === 'closed' || found.has(id)) continue;
      const startMs = entry?.startMs ?? session.startMs;
      const endMs = sessionEndMs(session, startMs);
      const rest = { playlist, order: null, begun: entry !== undefined, repays: null };
      found.set(id, { id, session, startMs, endMs, ...rest });
    }
  }
  return [...found.values()];
};
