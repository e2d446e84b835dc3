import type { DayTable } from '#core/local-time.ts';
import type { AirtimeRule, Excuse, WeekLock } from '#schemas/airtime.ts';
import type { Id, LocalDay } from '#schemas/primitives.ts';
import type { LogRecord } from '#schemas/records/log-record.ts';
import type { SessionId } from '#schemas/session.ts';

/**
 * A unit's place in the tree during some days, both included; `to` null is without end. A unit that
 * moved has several spans that do not overlap. Source: DESIGN.md, a site.
 */
export interface UnitSpan {
  readonly unit: Id;
  readonly level: 'province' | 'commune' | 'village';
  readonly parent: Id | null;
  readonly from: LocalDay;
  readonly to: LocalDay | null;
}

/**
 * The days, both included, on which a speaker stands in a unit and owes its rules; `to` null is
 * without end. The caller leaves out the days of enrolment, withdrawal and removal: they owe
 * nothing. Stays of one speaker do not overlap. Source: AIRTIME.md, 3.
 */
export interface SpeakerStay {
  readonly unit: Id;
  readonly from: LocalDay;
  readonly to: LocalDay | null;
}

/**
 * A speaker with what is known of it. `log` holds checked records in any order, holes allowed; a
 * chain that broke is cut by the caller before the first record that does not fit. The end of a log
 * is enough when it begins with a `boot` record and holds a dated one before the judged days.
 * `planned` are the sessions of its playlists, so that one that left no record is shown with its
 * reason.
 */
export interface JudgedSpeaker {
  readonly speaker: Id;
  readonly stays: readonly SpeakerStay[];
  readonly log: readonly LogRecord[];
  readonly planned: readonly SessionId[];
}

/**
 * All that verdicts depend on. `rules` holds every version of every rule to be judged or named by
 * an `unlessAired`. Judged is each period that lies whole in `table`; one that the table holds in
 * part is left out. Excuses and locks after `nowMs` are not looked at. Source: AIRTIME.md, 4.
 */
export interface JudgeInput {
  readonly rules: readonly AirtimeRule[];
  readonly table: DayTable;
  readonly units: readonly UnitSpan[];
  readonly speakers: readonly JudgedSpeaker[];
  readonly excuses: readonly Excuse[];
  readonly locks: readonly WeekLock[];
  readonly nowMs: number;
}
