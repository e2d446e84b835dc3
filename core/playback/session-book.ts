import type { Id, Sha256 } from '#schemas/primitives.ts';
import type { SessionId } from '#schemas/session.ts';

/** A session that was begun, or that will not be begun any more; kept over restarts. */
export interface BookedSession {
  readonly session: SessionId;
  /** The session's start in epoch milliseconds. */
  readonly startMs: number;
  /** The document it stands in. */
  readonly playlist: Sha256;
  /** The order that started it; null for a planned session. */
  readonly order: Id | null;
  readonly state: 'begun' | 'closed';
}

/** What the speaker must remember of sessions and orders, so that nothing is done twice. */
export interface SessionBook {
  readonly sessions: readonly BookedSession[];
  /** Orders that were carried out, cancelled or refused, oldest first. */
  readonly settledOrders: readonly Id[];
}

/** How many sessions and orders are remembered; more than four days of the fullest plan. */
export const MAX_BOOKED_SESSIONS = 400;
export const MAX_SETTLED_ORDERS = 200;

/** The book of a speaker that has never played. */
export const emptyBook: SessionBook = { sessions: [], settledOrders: [] };

/** The book with the session's entry put in or replaced; the oldest entries fall out. */
export const bookSession = (book: SessionBook, entry: BookedSession): SessionBook => ({
  ...book,
  sessions: [...book.sessions.filter(({ session }) => session !== entry.session), entry].slice(
    -MAX_BOOKED_SESSIONS,
  ),
});

/** The book in which the order is settled and will not be carried out again. */
export const settleOrder = (book: SessionBook, order: Id): SessionBook =>
  book.settledOrders.includes(order)
    ? book
    : { ...book, settledOrders: [...book.settledOrders, order].slice(-MAX_SETTLED_ORDERS) };

/** The book in which each of these sessions is closed. */
export const closeSessions = (
  book: SessionBook,
  isClosed: (entry: BookedSession) => boolean,
): SessionBook => ({
  ...book,
  sessions: book.sessions.map((entry) =>
    entry.state === 'begun' && isClosed(entry) ? { ...entry, state: 'closed' } : entry,
  ),
});
