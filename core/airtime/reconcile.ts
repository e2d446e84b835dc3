import { type DayTable, MINUTE_MS, rowAt } from '#core/local-time.ts';
import { LOAD_LEAD_MS, sessionEndMs, WHOLE_WITHIN_MS } from '#core/playback/segment.ts';
import type { Playlist, Session } from '#schemas/playlist.ts';
import type { Id, LocalDay, Sha256 } from '#schemas/primitives.ts';
import type { DayReconciliation, SessionReconciliation } from '#schemas/reconciliation.ts';
import type { RefusedRecord } from '#schemas/records/log-record.ts';
import { plannedSessionId, type SessionId } from '#schemas/session.ts';
import type { LogFinding } from '#schemas/verdict.ts';
import { gapInReach } from './contiguity.ts';
import type { JudgedSpeaker } from './judge-input.ts';
import { outsideSounds } from './outside-sounds.ts';
import { slotTotals, sumOfTotals } from './reconciliation-totals.ts';
import { matchSounds } from './slot-matching.ts';
import { type SessionGap, slotOutcome } from './slot-outcome.ts';
import type { Sound } from './sounds.ts';
import { readSpeakerLog, type SpeakerLog } from './speaker-log.ts';

/** What a speaker was to play on a day; `name` is the SHA-256 of the document. */
export interface PlannedDay {
  readonly day: LocalDay;
  readonly name: Sha256;
  readonly playlist: Playlist;
}

/**
 * A speaker's playlists, at most one a day, and its checked records in any order, as for a verdict.
 * A day without a playlist is not looked at; one on which nothing was planned has one without
 * sessions.
 */
export interface ReconciledSpeaker {
  readonly speaker: Id;
  readonly days: readonly PlannedDay[];
  readonly log: JudgedSpeaker['log'];
}

/** `table` holds the days of all playlists; `nowMs` is the instant of asking. */
export interface ReconcileInput {
  readonly table: DayTable;
  readonly speakers: readonly ReconciledSpeaker[];
  readonly nowMs: number;
}

/** `days` ascend by speaker, then day; `findings` by speaker and number. */
export interface Reconciliation {
  readonly days: readonly DayReconciliation[];
  readonly findings: readonly LogFinding[];
}

/**
 * Holds what was planned against what was heard, slot by slot, with the dating and contiguity of
 * verdicts. A session's time line is its own: nothing of it sounds later than `WHOLE_WITHIN_MS` after
 * its planned end, or after the end that it has when it begins again as late as its plan allows, so it
 * is complete when the log accounts for the time up to then. Lists to be played by hand are no plan of a day: what sounds of them is outside the plan, and so is a drill in a
 * session that was to be none. The order of
 * speakers, days and records makes no difference. Source: AIRTIME.md, 2 and 4.
 */
export const reconcile = (input: ReconcileInput): Reconciliation => {
  const speakers = [...input.speakers]
    .sort((a, b) => (a.speaker < b.speaker ? -1 : 1))
    .map((planned) => ({ planned, heard: heardOf(planned, input) }));
  return {
    days: speakers.flatMap(({ planned, heard }) => daysOf(planned, heard, input)),
    findings: speakers.flatMap(({ heard }) => heard.log.findings),
  };
};

/** A speaker's log with what it holds of each session. */
interface HeardSpeaker extends SpeakerLog {
  readonly soundsBySession: ReadonlyMap<SessionId, readonly Sound[]>;
  readonly refusalsBySession: ReadonlyMap<SessionId | null, readonly RefusedRecord[]>;
}

const heardOf = ({ speaker, log }: ReconciledSpeaker, input: ReconcileInput): HeardSpeaker => {
  const read = readSpeakerLog({ speaker, log, stays: [], planned: [] }, input.table, input.nowMs);
  const refusals = read.log.boots.flatMap(({ lines }) =>
    lines.flatMap(({ record }) => (record.kind === 'refused' ? [record] : [])),
  );
  return {
    ...read,
    soundsBySession: new Map(read.log.sessions.map(({ session, sounds }) => [session, sounds])),
    refusalsBySession: Map.groupBy(refusals, ({ session }) => session),
  };
};

interface TimedSession extends Session {
  readonly id: NonNullable<Session['id']>;
  readonly startMs: number;
}

const timedSessions = ({ playlist }: PlannedDay): readonly TimedSession[] =>
  playlist.sessions
    .flatMap(({ startMs, id, ...rest }) =>
      startMs === null ? [] : [{ ...rest, startMs, id: id ?? plannedSessionId(startMs) }],
    )
    .sort((a, b) => a.startMs - b.startMs);

const daysOf = (
  { days, speaker }: ReconciledSpeaker,
  heard: HeardSpeaker,
  input: ReconcileInput,
): readonly DayReconciliation[] => {
  const planned = new Set(days.flatMap((day) => timedSessions(day).map(({ id }) => id)));
  const unplanned = heard.log.sessions.filter(({ session }) => !planned.has(session));
  return [...days]
    .sort((a, b) => (a.day < b.day ? -1 : 1))
    .map((day) => {
      const compared = timedSessions(day).map((session) => compare(session, heard, input.nowMs));
      const elsewhere = unplanned
        .filter(({ plannedMs }) => rowAt(input.table, plannedMs)?.day === day.day)
        .flatMap(({ sounds }) => sounds);
      const sessions = compared.map(({ session }) => session);
      const outside = outsideSounds(
        [...compared.flatMap(({ rest }) => rest), ...elsewhere],
        planned,
      );
      return {
        speaker,
        day: day.day,
        playlist: day.name,
        sessions,
        outside: outside.sounds,
        totals: sumOfTotals(sessions.filter(({ drill }) => !drill).map(({ totals }) => totals)),
        outsideMs: outside.airtimeMs,
      };
    });
};

interface Compared {
  readonly session: SessionReconciliation;
  readonly rest: readonly Sound[];
}

const compare = (session: TimedSession, heard: HeardSpeaker, nowMs: number): Compared => {
  const { id, startMs, drill, priority } = session;
  const all = heard.soundsBySession.get(id) ?? [];
  const sounds = all.filter(({ record }) => record.drill === drill);
  const others = all.filter(({ record }) => record.drill !== drill);
  const { bySlot, unmatched } = matchSounds(session.slots, sounds);
  const traces = {
    startMs,
    gap: gapOf(session, heard, nowMs),
    sounds,
    refusals: heard.refusalsBySession.get(id) ?? [],
    reach: heard.reach,
  };
  const slots = session.slots.map((slot, at) => slotOutcome(slot, bySlot.get(at) ?? [], traces));
  const totals = slotTotals(slots);
  return {
    session: { session: id, plannedMs: startMs, drill, priority, slots, totals },
    rest: [...unmatched, ...others],
  };
};

const gapOf = (session: TimedSession, { reach }: SpeakerLog, nowMs: number): SessionGap => {
  const toMs = sessionEndMs(session, session.startMs + latestDelayMs(session)) + WHOLE_WITHIN_MS;
  if (nowMs < toMs) return 'notYet';
  const gap = gapInReach(reach, { fromMs: session.startMs, toMs }, true);
  return gap === 'exempterMissing' ? 'logMissing' : gap;
};

/** How much later than planned the session may still begin from its first item. */
const latestDelayMs = ({ late }: Session): number =>
  late?.do === 'restart' ? late.withinMin * MINUTE_MS + LOAD_LEAD_MS : 0;
