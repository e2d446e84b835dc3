import type { DayTable } from '#core/local-time.ts';
import type { AirtimeRule } from '#schemas/airtime.ts';
import { sessionIdToStartMs } from '#schemas/read-session-id.ts';
import { type AsRunLog, byPlannedStart, type LoggedSession, readLog } from './as-run-log.ts';
import { type LogReach, reachOf } from './contiguity.ts';
import type { JudgedSpeaker } from './judge-input.ts';
import { type OccurrencesByDay, occurrencesByDay } from './occurrences.ts';

/** A speaker with its log read; occurrences are worked out once per version of a rule. */
export interface SpeakerLog {
  readonly speaker: JudgedSpeaker;
  readonly log: AsRunLog;
  readonly reach: LogReach;
  readonly occurrencesUnder: (rule: AirtimeRule) => OccurrencesByDay;
  /** The same speaker as if the log ended with this number. */
  readonly upTo: (seq: number) => SpeakerLog;
}

/** Reads a speaker's log for judging at `nowMs` on the days of the table. */
export const readSpeakerLog = (
  speaker: JudgedSpeaker,
  table: DayTable,
  nowMs: number,
): SpeakerLog => {
  const log = readLog(speaker.speaker, speaker.log, nowMs);
  const heard = { sessions: withPlanned(log.sessions, speaker), emergencies: log.emergencies };
  const byRule = new Map<AirtimeRule, OccurrencesByDay>();
  const earlier = new Map<number, SpeakerLog>();
  return {
    speaker,
    log,
    reach: reachOf(log),
    occurrencesUnder: (rule) => {
      const found = byRule.get(rule) ?? occurrencesByDay(rule, heard, table);
      byRule.set(rule, found);
      return found;
    },
    upTo: (seq) => {
      const known = speaker.log.filter((record) => record.seq <= seq);
      const found = earlier.get(seq) ?? readSpeakerLog({ ...speaker, log: known }, table, nowMs);
      earlier.set(seq, found);
      return found;
    },
  };
};

const withPlanned = (
  logged: readonly LoggedSession[],
  { planned }: JudgedSpeaker,
): readonly LoggedSession[] => {
  const known = new Set(logged.map(({ session }) => session));
  const silent = [...new Set(planned)]
    .filter((session) => !known.has(session))
    .map((session) => ({
      session,
      plannedMs: sessionIdToStartMs(session),
      sounds: [],
      refusals: [],
    }));
  return [...logged, ...silent].sort(byPlannedStart);
};
