import type { SessionId } from '#schemas/session.ts';
import { type Candidate, outranks } from './candidates.ts';
import type { Continuous, Interlocks } from './interlocks.ts';
import { begunAgain } from './late-start.ts';
import {
  LOAD_LEAD_MS,
  nextSegment,
  RESUME_LEAD_MS,
  type Segment,
  type SlotRefusal,
} from './segment.ts';

/** How long before its start a session's clips are verified and loaded, in milliseconds. */
export const PREPARE_LEAD_MS = 10_000;

/** A list to be loaded now. */
export interface Run {
  readonly candidate: Candidate;
  readonly segment: Segment;
}

export interface RunChoice {
  readonly run: Run | null;
  /** Items whose time has come and that may not sound. */
  readonly refusals: readonly { readonly candidate: Candidate; readonly refusal: SlotRefusal }[];
  /** When to look again, in epoch milliseconds. */
  readonly wakeMs: number | null;
}

export interface RunInput {
  /** Best first, as `sortSessions` gives them. */
  readonly open: readonly Candidate[];
  readonly nowMs: number;
  /** Items that begin earlier in the session are done, in milliseconds from its start. */
  readonly reached: ReadonlyMap<SessionId, number>;
  /** Before this instant the session is not tried again, by session. */
  readonly retryAtMs: ReadonlyMap<SessionId, number>;
  readonly continuous: Continuous;
  readonly locks: Interlocks;
  /** What sounds or is loaded now; only something of a higher rank takes its place. */
  readonly current: Candidate | null;
}

/**
 * What to load now, of all sessions that are open, and what to refuse. One list sounds at a time:
 * orders by hand go before planned sessions, and a list that sounds ends only for a higher rank.
 */
export const chooseRun = (input: RunInput): RunChoice => {
  const others = input.open.filter((candidate) => candidate.id !== input.current?.id);
  const looks = others.map((candidate) => lookAtLate(candidate, input));
  const due = looks.find(
    ({ candidate, look }) => look.due !== null && mayReplace(candidate, input.current),
  );
  const wakes = looks.flatMap(({ look }) => look.wakesMs);
  return {
    run: due?.look.due ? { candidate: due.candidate, segment: due.look.due } : null,
    refusals: looks.flatMap(({ candidate, look }) =>
      look.refusals.map((refusal) => ({ candidate, refusal })),
    ),
    wakeMs: wakes.length === 0 ? null : Math.min(...wakes),
  };
};

interface Look {
  readonly due: Segment | null;
  readonly refusals: readonly SlotRefusal[];
  readonly wakesMs: readonly number[];
}

const mayReplace = (candidate: Candidate, current: Candidate | null): boolean =>
  current === null || outranks(candidate, current);

interface Looked {
  readonly candidate: Candidate;
  readonly look: Look;
}

/** From its first item on, where the session may begin again and that item may sound. */
const lookAtLate = (candidate: Candidate, input: RunInput): Looked => {
  const again = begunAgain(candidate, { ...input, taken: input.reached });
  const look = again && lookAt(again, input);
  const isWhole = again !== undefined && look?.due?.items[0] === again.session.slots[0];
  if (isWhole && look?.due?.skipMs === 0) return { candidate: again, look };
  return { candidate, look: lookAt(candidate, input) };
};

const lookAt = (candidate: Candidate, input: RunInput): Look => {
  const retryMs = input.retryAtMs.get(candidate.id) ?? 0;
  if (retryMs > input.nowMs) {
    return { due: null, refusals: [], wakesMs: [retryMs] };
  }
  const { segment, refusals } = nextSegment({
    session: candidate.session,
    startMs: candidate.startMs,
    nowMs: input.nowMs,
    leadMs: input.reached.has(candidate.id) ? RESUME_LEAD_MS : LOAD_LEAD_MS,
    fromOffsetMs: input.reached.get(candidate.id) ?? 0,
    continuous: input.continuous,
    locks: input.locks,
  });
  // What is not there yet may still come: an item is refused when it cannot be loaded in time.
  const isRefused = ({ dueMs }: SlotRefusal) => dueMs <= input.nowMs + LOAD_LEAD_MS;
  const isDue = segment !== null && segment.startMs <= input.nowMs + PREPARE_LEAD_MS;
  const wakesMs = refusals
    .filter((refusal) => !isRefused(refusal))
    .map(({ dueMs }) => dueMs - LOAD_LEAD_MS);
  if (segment !== null && !isDue) wakesMs.push(segment.startMs - PREPARE_LEAD_MS);
  return { due: isDue ? segment : null, refusals: refusals.filter(isRefused), wakesMs };
};
