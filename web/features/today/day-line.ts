import type { Playlist } from '#schemas/playlist.ts';
import { isHandSession, sessionIdToStartMs } from '#schemas/read-session-id.ts';
import type { LogRecord } from '#schemas/records/log-record.ts';
import type { RefusalReason } from '#schemas/records/reasons.ts';
import type { SessionId } from '#schemas/session.ts';
import type { SessionEvidence } from '#schemas/verdict.ts';

/**
 * How a session of the day stands. `awaited`: its time is over, and the speaker's log does not reach
 * so far yet.
 */
export type SessionState = 'planned' | 'playing' | 'aired' | 'missed' | 'awaited';

/** One session on the line of a day; instants in epoch milliseconds. */
export interface DayEntry {
  readonly session: SessionId;
  readonly state: SessionState;
  readonly startMs: number;
  readonly endMs: number;
  readonly drill: boolean;
  readonly isByHand: boolean;
  readonly bulletins: readonly string[];
  /** What sounded of it, in milliseconds. */
  readonly audibleMs: number;
  readonly refused: RefusalReason | null;
  /** Why it is not counted under a rule, as the verdicts of the day have it. */
  readonly notCounted: SessionEvidence['reason'];
}

/** What sounds now; `bulletin` is null when the item is none. */
export interface NowPlaying {
  readonly session: SessionId;
  readonly bulletin: string | null;
  readonly drill: boolean;
}

/** What the line is drawn from. */
export interface DayFacts {
  readonly nowMs: number;
  /** Whether an instant, in epoch milliseconds, lies on the day. */
  readonly isToday: (instantMs: number) => boolean;
  readonly playlist: Playlist | null;
  readonly records: readonly LogRecord[];
  readonly playing: NowPlaying | null;
  readonly evidence: readonly SessionEvidence[];
}

const MS_PER_MIN = 60_000;

interface Sounded {
  readonly startMs: number;
  readonly endMs: number;
  readonly audibleMs: number;
  readonly drill: boolean;
  readonly bulletins: readonly string[];
}

const audibleIn = (record: Extract<LogRecord, { kind: 'ended' }>): number =>
  record.audible.reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0);

/** What sounded of each session, in wall time. */
export const bySession = (records: readonly LogRecord[]): ReadonlyMap<SessionId, Sounded> => {
  const found = new Map<SessionId, Sounded>();
  for (const record of records) {
    if (record.kind !== 'ended' || record.clock.offsetMs === null) continue;
    const { offsetMs } = record.clock;
    const known = found.get(record.session);
    const { bulletin } = record.item;
    const own = bulletin === null ? [] : [bulletin];
    found.set(record.session, {
      startMs: Math.min(
        known?.startMs ?? Number.POSITIVE_INFINITY,
        record.played.fromMs + offsetMs,
      ),
      endMs: Math.max(known?.endMs ?? 0, record.played.toMs + offsetMs),
      audibleMs: (known?.audibleMs ?? 0) + audibleIn(record),
      drill: record.drill,
      bulletins: [...(known?.bulletins ?? []), ...own],
    });
  }
  return found;
};

/** How far the log says where its speaker was: the wall instant of its newest dated record. */
const reachMs = (records: readonly LogRecord[]): number =>
  Math.max(0, ...records.map(({ clock, posMs }) => posMs + (clock.offsetMs ?? -posMs)));

interface Standing {
  readonly session: SessionId;
  readonly audibleMs: number;
  /** Until when it may still begin or go on. */
  readonly latestMs: number;
}

/** How a session stands at the instant of the facts. */
export const stateOf = (
  facts: DayFacts,
  { session, audibleMs, latestMs }: Standing,
): SessionState => {
  if (facts.playing?.session === session) return 'playing';
  if (audibleMs > 0) return 'aired';
  if (facts.nowMs < latestMs) return 'planned';
  return reachMs(facts.records) >= latestMs ? 'missed' : 'awaited';
};

/** Why the session, or something of it, was first refused. */
export const refusalOf = (
  records: readonly LogRecord[],
  session: SessionId,
): RefusalReason | null =>
  records.flatMap((record) =>
    record.kind === 'refused' && record.session === session ? [record.reason] : [],
  )[0] ?? null;

const evidenceOf = ({ evidence }: DayFacts, id: SessionId): DayEntry['notCounted'] =>
  evidence.find(({ session }) => session === id)?.reason ?? null;

const plannedEntries = (facts: DayFacts, sounded: ReadonlyMap<SessionId, Sounded>): DayEntry[] =>
  (facts.playlist?.sessions ?? []).flatMap((planned) => {
    const { id, startMs, slots, drill, latestStartMin } = planned;
    const last = slots.at(-1);
    if (id === null || startMs === null || last === undefined) return [];
    const heard = sounded.get(id);
    const endMs = startMs + last.offsetMs + last.durationMs;
    const latestMs = Math.max(endMs, startMs + latestStartMin * MS_PER_MIN);
    const audibleMs = heard?.audibleMs ?? 0;
    const refused = refusalOf(facts.records, id);
    return {
      session: id,
      state: stateOf(facts, { session: id, audibleMs, latestMs }),
      startMs: heard?.startMs ?? startMs,
      endMs: heard?.endMs ?? endMs,
      drill,
      isByHand: false,
      bulletins: slots.flatMap(({ bulletin }) => bulletin ?? []),
      audibleMs,
      refused,
      notCounted: evidenceOf(facts, id),
    };
  });

/** What is known of a session by hand before anything of it is recorded. */
const unrecorded = (session: SessionId): Sounded => {
  const startMs = sessionIdToStartMs(session);
  return { startMs, endMs: startMs, audibleMs: 0, drill: false, bulletins: [] };
};

const handEntries = (facts: DayFacts, sounded: ReadonlyMap<SessionId, Sounded>): DayEntry[] => {
  const { playing } = facts;
  const ids = new Set([...sounded.keys(), ...(playing === null ? [] : [playing.session])]);
  return [...ids].filter(isHandSession).map((session) => {
    const heard = sounded.get(session) ?? unrecorded(session);
    // Its time is over as soon as something of it is recorded and it does not play.
    const state = stateOf(facts, { session, audibleMs: heard.audibleMs, latestMs: 0 });
    const now = playing?.session === session ? playing : null;
    const sounding = now?.bulletin ?? null;
    return {
      session,
      state,
      startMs: heard.startMs,
      endMs: now === null ? heard.endMs : facts.nowMs,
      drill: heard.drill || now?.drill === true,
      isByHand: true,
      bulletins: [...heard.bulletins, ...(sounding === null ? [] : [sounding])],
      audibleMs: heard.audibleMs,
      refused: refusalOf(facts.records, session),
      notCounted: evidenceOf(facts, session),
    };
  });
};

/** The sessions of a speaker's day in the order of their start, each as plan, log and verdicts have it. */
export const dayLine = (facts: DayFacts): readonly DayEntry[] => {
  const sounded = bySession(facts.records);
  const byHand = handEntries(facts, sounded).filter(({ startMs }) => facts.isToday(startMs));
  return [...plannedEntries(facts, sounded), ...byHand].toSorted((a, b) => a.startMs - b.startMs);
};
