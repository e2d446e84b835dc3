import type { SessionId } from '#schemas/session.ts';
import type { EndedBody } from './ended-body.ts';

/** How much longer each failure of the player keeps the session from being tried again; the first not. */
export const PLAYER_RETRY_MS = 2_000;
/** A player that failed after it had sounded for so long has not failed again, but anew. */
const SOUNDED_MS = 2_000;
/** After so many failures in a row the item is given up. */
export const MAX_PLAYER_FAILURES = 5;
/** Of how many sessions it is remembered how far they came. */
const MAX_SESSIONS = 200;

/** How far each session has come, and when a failed one may be tried again. */
export interface Tries {
  ended(session: SessionId, body: EndedBody, nowMs: number): void;
  /** The player could not even load the list. */
  failed(session: SessionId, nowMs: number): void;
  /** The item was refused and will not be let in later. */
  passed(session: SessionId, slotOffsetMs: number): void;
  /** Items that begin earlier are done, in milliseconds from the session's start. */
  reached(): ReadonlyMap<SessionId, number>;
  retryAtMs(): ReadonlyMap<SessionId, number>;
}

/** Nothing was tried yet. */
export const createTries = (): Tries => {
  const reached = new Map<SessionId, number>();
  const retryAtMs = new Map<SessionId, number>();
  const failures = new Map<SessionId, number>();
  const failed = (session: SessionId, nowMs: number): number => {
    const count = (failures.get(session) ?? 0) + 1;
    remember(failures, session, count);
    remember(retryAtMs, session, nowMs + PLAYER_RETRY_MS * (count - 1));
    return count;
  };
  return {
    ended: (session, body, nowMs) => {
      const offsetMs = body.slotOffsetMs ?? 0;
      const isFailure = body.reason === 'playerFailed';
      if (body.played.toMs - body.played.fromMs >= SOUNDED_MS) failures.delete(session);
      const isGivenUp = isFailure && failed(session, nowMs) >= MAX_PLAYER_FAILURES;
      if (!isFailure) failures.delete(session);
      const isDone = isGivenUp || body.outcome === 'whole' || isOverBy(body);
      remember(reached, session, isDone ? offsetMs + 1 : offsetMs);
    },
    failed,
    passed: (session, slotOffsetMs) => remember(reached, session, slotOffsetMs + 1),
    reached: () => reached,
    retryAtMs: () => retryAtMs,
  };
};

/** Whether the item is over although it did not sound whole. */
const isOverBy = ({ reason }: EndedBody): boolean =>
  reason === 'joinedLate' || reason === 'silentSpeaker' || reason === 'volumeZero';

const remember = (map: Map<SessionId, number>, session: SessionId, value: number): void => {
  map.delete(session);
  map.set(session, value);
  if (map.size > MAX_SESSIONS) for (const oldest of map.keys()) return void map.delete(oldest);
};
