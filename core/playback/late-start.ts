import type { Session } from '#schemas/playlist.ts';
import type { SessionId } from '#schemas/session.ts';
import type { Late } from '#schemas/session-manner.ts';
import { MINUTE_MS } from '../local-time.ts';
import type { Interlocks } from './interlocks.ts';
import { isQuietDuring } from './quiet-times.ts';
import { LOAD_LEAD_MS, sessionEndMs, WHOLE_WITHIN_MS } from './segment.ts';

/** A session that could sound, as `Candidate` has it. */
interface Coming {
  readonly id: SessionId;
  readonly session: Session;
  readonly startMs: number;
  readonly endMs: number;
  readonly order: string | null;
  readonly begun: boolean;
  readonly repays: object | null;
}

/** When it is, and what the speaker has taken up since its program runs. Epoch milliseconds. */
export interface LateLook {
  readonly nowMs: number;
  /** Sessions of which something sounded or is loaded: what was cut off of them is only joined. */
  readonly taken: { has(session: SessionId): boolean };
}

/** What its plan wants of a session that the speaker comes to late; null while it does not. */
const lateNow = (candidate: Coming, { nowMs, taken }: LateLook): Late | null => {
  const { id, session, startMs, order, repays } = candidate;
  const isPlanned = order === null && repays === null && session.startMs !== null;
  const isLate = nowMs > startMs + WHOLE_WITHIN_MS && !taken.has(id);
  return isPlanned && isLate ? (session.late ?? null) : null;
};

/** Whether the session may still begin again from its first item. Source: schemas/session-manner.ts. */
export const mayRestart = (candidate: Coming, look: LateLook): boolean => {
  const late = lateNow(candidate, look);
  if (late?.do !== 'restart') return false;
  const untilMs = (candidate.session.startMs ?? 0) + late.withinMin * MINUTE_MS;
  // One that was begun and is over by now may have sounded whole: what it lacks is repaid.
  return look.nowMs <= untilMs && (!candidate.begun || look.nowMs < candidate.endMs);
};

/** Whether the session is left out, because it would be heard in part only. */
export const isSkipped = (candidate: Coming, look: LateLook): boolean =>
  lateNow(candidate, look)?.do === 'skip' && look.nowMs < candidate.endMs;

/**
 * The session as it would sound from its first item on, if it may begin again and nothing stands in
 * the way: quiet hours, or another session that would begin before its end. Undefined when it is to
 * be joined where it would be.
 */
export const begunAgain = <C extends Coming>(
  candidate: C,
  look: LateLook & { readonly open: readonly Coming[]; readonly locks: Interlocks },
): C | undefined => {
  if (!mayRestart(candidate, look)) return undefined;
  const { nowMs, open, locks } = look;
  const startMs = nowMs + LOAD_LEAD_MS;
  const endMs = sessionEndMs(candidate.session, startMs);
  const isInTheWay = (other: Coming) =>
    other.id !== candidate.id &&
    other.repays === null &&
    nowMs < other.startMs &&
    other.startMs < endMs;
  const { quiet, uncertaintyMs } = locks;
  const sound = { fromMs: startMs - uncertaintyMs, toMs: endMs + uncertaintyMs };
  if (open.some(isInTheWay) || isQuietDuring(quiet, sound)) return undefined;
  return { ...candidate, startMs, endMs, begun: false };
};
