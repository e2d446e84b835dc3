import { type Candidate, type SortedSessions, sortSessions } from '#core/playback/candidates.ts';
import type { LateLook } from '#core/playback/late-start.ts';
import { decideOrders } from '#core/playback/orders.ts';
import {
  bookSession,
  closeSessions,
  type SessionBook,
  settleOrder,
} from '#core/playback/session-book.ts';
import { decideUpkeep } from '#core/playback/upkeep-orders.ts';
import { wallAt } from '#core/playback/wall-anchor.ts';
import { handSessionId } from '#schemas/session.ts';
import type { DirectorPorts } from './director-ports.ts';
import { refusalOf, sessionRefusal } from './refusals.ts';
import type { View } from './view.ts';

/** What the orders by hand come to at this instant. */
export interface OrdersFollowed {
  readonly isStop: boolean;
  /** The program is to start anew. */
  readonly isRestart: boolean;
  /** The log is to be delivered again from this number on; null when nobody asks for it. */
  readonly deliverFromSeq: number | null;
  readonly waitingUntilMs: number | null;
  readonly wakeMs: number | null;
  /** The book after the orders; `current` is the list that sounds or is loaded. */
  readonly bookOf: (current: Candidate | null) => SessionBook;
}

/**
 * Decides the orders, records those that are refused, and says what the book becomes. A restart
 * waits as long as it may not be.
 */
export const followOrders = (
  seen: View & Pick<LateLook, 'taken'>,
  ports: DirectorPorts,
  mayRestart: boolean,
): OrdersFollowed => {
  const before = ports.bookFile.book();
  const { open } = sortSessions({
    ...{ ...seen, documents: ports.documents(), book: before, current: null },
  });
  const { orders } = seen.pointer;
  const isSettled = (order: string) => before.settledOrders.includes(order);
  const { nowMs } = seen;
  // The agent's position counts from its start.
  const startedMs = wallAt(seen.anchor, 0);
  const upkeep = decideUpkeep({ orders, isSettled, mayRestart, nowMs, startedMs });
  const decided = decideOrders({
    orders,
    isSettled,
    documents: ports.documents(),
    hasClip: ports.cache.has,
    isBusy: open.some(({ order }) => order !== null),
    nowMs,
    uncertaintyMs: seen.cautionMs,
    quiet: seen.quiet,
  });
  const settled = [...decided.settled, ...upkeep.settled];
  for (const { order, reason } of settled) {
    ports.logger.info({ event: 'orderSettled', order, reason });
    if (reason !== null) ports.refuse(refusalOf('order', reason), order);
  }
  const { stop, play } = decided;
  const bookOf = (current: Candidate | null): SessionBook => {
    let book = before;
    for (const { order } of settled) book = settleOrder(book, order);
    if (stop !== null) book = stopped(settleOrder(book, stop), current);
    if (play !== null) {
      const { order, playlist, startMs } = play;
      const session = handSessionId(startMs, order);
      book = bookSession(book, { session, startMs, playlist, order, state: 'begun' });
      book = settleOrder(book, order);
    }
    return book;
  };
  const { waitingUntilMs, wakeMs } = decided;
  return { isStop: stop !== null, ...upkeep, waitingUntilMs, wakeMs, bookOf };
};

const stopped = (book: SessionBook, current: Candidate | null): SessionBook => {
  const closed = closeSessions(book, () => true);
  return current === null ? closed : booked(closed, current, 'closed');
};

/** What no document names is not remembered: it does not come back. */
const booked = (
  book: SessionBook,
  { id: session, startMs, playlist, order }: Candidate,
  state: 'begun' | 'closed',
): SessionBook =>
  playlist === null ? book : bookSession(book, { session, startMs, playlist, order, state });

/** Closes what was not begun in time, each with one record of why, and lists by hand that are over. */
export const closeSorted = async (
  { tooLate, handOver }: SortedSessions,
  ports: DirectorPorts,
): Promise<void> => {
  let book = ports.bookFile.book();
  for (const candidate of tooLate) {
    if (!ports.wasRefused(candidate.id)) ports.refuse(sessionRefusal(candidate, 'tooLate'));
  }
  for (const candidate of [...tooLate, ...handOver]) {
    book = booked(book, candidate, 'closed');
  }
  await ports.bookFile.put(book);
};

/** The session counts as begun from now on, also after a restart. */
export const bookBegun = async (candidate: Candidate, ports: DirectorPorts): Promise<void> => {
  if (candidate.begun) return;
  await ports.bookFile.put(booked(ports.bookFile.book(), candidate, 'begun'));
};
