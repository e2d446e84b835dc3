import type { MakeGood, MakeGoodInput, Occupied } from '#core/make-good/make-good.ts';
import type { Interlocks } from '#core/playback/interlocks.ts';
import { sessionEndMs } from '#core/playback/segment.ts';
import type { SessionBook } from '#core/playback/session-book.ts';
import type { MakeGoodPolicy, Permit } from '#schemas/make-good.ts';
import type { Playlist } from '#schemas/playlist.ts';
import type { Sha256 } from '#schemas/primitives.ts';
import type { LogRecord } from '#schemas/records/log-record.ts';
import type { SessionId } from '#schemas/session.ts';
import type { View } from '../session/view.ts';

/** What the agent holds when it decides about make-goods. */
export interface DecisionSources {
  readonly seen: View;
  readonly policy: MakeGoodPolicy;
  readonly locks: Interlocks;
  readonly documents: ReadonlyMap<Sha256, Playlist>;
  readonly book: SessionBook;
  readonly log: readonly LogRecord[];
  readonly permit: Permit | null;
  readonly placed: readonly MakeGood[];
  readonly sounding: SessionId | null;
  readonly restarting: readonly Occupied[];
}

/** The input of a decision as the agent stands now. */
export const toDecisionInput = (from: DecisionSources): MakeGoodInput => {
  const { seen, documents, book } = from;
  const name = seen.pointer.days[seen.today];
  const playlist = name === undefined ? undefined : documents.get(name);
  const closed = book.sessions.filter(({ state }) => state === 'closed');
  return {
    nowMs: seen.nowMs,
    table: seen.table,
    policy: from.policy,
    locks: from.locks,
    plan: name === undefined || playlist === undefined ? null : { name, playlist },
    neighbours: namedBeside(from),
    occupied: [...byHand(from), ...ofOtherDays(from)].filter(({ toMs }) => toMs > seen.nowMs),
    log: from.log,
    begun: new Set(book.sessions.map(({ session }) => session)),
    closed: new Set(closed.map(({ session }) => session)),
    sounding: from.sounding,
    restarting: from.restarting,
    placed: from.placed,
    permitted: new Set(permitted(from)),
  };
};

/** A permit is good on its own day, until it has expired for certain. */
const permitted = ({ permit, seen }: DecisionSources): readonly SessionId[] => {
  if (permit === null || permit.day !== seen.today) return [];
  return seen.nowMs + seen.uncertaintyMs < permit.expiresMs ? permit.sessions : [];
};

/** Lists by hand that sound, and those that were ordered and have not begun. */
const byHand = ({ seen, documents, book }: DecisionSources): readonly Occupied[] => {
  const begun = book.sessions.flatMap(({ session: id, startMs, playlist, order, state }) => {
    const list = documents.get(playlist)?.sessions[0];
    if (order === null || state === 'closed' || list === undefined) return [];
    return [{ id, fromMs: startMs, toMs: sessionEndMs(list, startMs) }];
  });
  const ordered = seen.pointer.orders.flatMap((order) => {
    if (order.kind !== 'play' || book.settledOrders.includes(order.id)) return [];
    const list = documents.get(order.playlist)?.sessions[0];
    if (list === undefined || order.expiresMs <= seen.nowMs) return [];
    const fromMs = Math.max(order.notBeforeMs, seen.nowMs);
    return [{ id: null, fromMs, toMs: sessionEndMs(list, fromMs) }];
  });
  return [...begun, ...ordered];
};

/** The playlists of yesterday and tomorrow. */
const namedBeside = ({ seen, documents }: DecisionSources): readonly Playlist[] =>
  seen.planned
    .filter((name) => name !== seen.pointer.days[seen.today])
    .flatMap((name) => documents.get(name) ?? []);

const ofOtherDays = (from: DecisionSources): readonly Occupied[] =>
  namedBeside(from)
    .flatMap(({ sessions }) => sessions)
    .flatMap((session) => {
      const { id, startMs } = session;
      return startMs === null
        ? []
        : [{ id, fromMs: startMs, toMs: sessionEndMs(session, startMs) }];
    });
