import type { Judgement } from '#core/airtime/judge.ts';
import type { JudgeInput } from '#core/airtime/judge-input.ts';
import { openStanding } from '#core/airtime/standing.ts';
import type { Id } from '#schemas/primitives.ts';
import type { LogRecord } from '#schemas/records/log-record.ts';
import { plannedSessionId } from '#schemas/session.ts';
import { at, inputOf, MINUTE, rule, speaker } from './court.ts';
import {
  commune,
  communeSpeaker,
  otherRuleId,
  ruleId,
  speakerA,
  speakerB,
  villageB,
} from './ids.ts';
import { createLogWriter } from './log-writer.ts';

/** The four days that are judged. */
export const days = ['2026-03-02', '2026-03-03', '2026-03-04', '2026-03-05'] as const;
export const [monday, tuesday, wednesday, thursday] = days;

/**
 * A log with half an hour at each told day and clock; the clock is set after each and before each
 * midnight, so that a missing number makes no other day unknown.
 */
export const logOf = (
  name: Id,
  times: readonly (readonly [number, string])[],
): readonly LogRecord[] => {
  const writer = createLogWriter(name).boot(at(-1, '20:00'), 'first');
  for (const day of days.keys()) {
    for (const [, clock] of times.filter(([of]) => of === day)) {
      const fromMs = at(day, clock);
      const toMs = fromMs + 30 * MINUTE;
      writer.item({ session: plannedSessionId(fromMs), fromMs, toMs }).anchor(toMs);
    }
    writer.anchor(at(day, '23:00')).beat(at(day + 1, '00:00'));
  }
  return writer.records;
};
/** Whether the record is the item that was planned at an instant. */
export const isItemAt = (startMs: number) => (record: LogRecord) =>
  record.kind === 'ended' && record.session === plannedSessionId(startMs);
/** The log but for some of its records. */
export const without = (log: readonly LogRecord[], gone: readonly LogRecord[]) =>
  log.filter((record) => !gone.includes(record));

/** The commune's speaker is to air half an hour on each of the days. */
export const ward = rule({ unit: commune, to: thursday });
/** Each village is, on days on which the commune's speaker did not. */
export const villages = rule({
  id: otherRuleId,
  unit: commune,
  scope: 'each',
  level: 'village',
  unlessAired: ruleId,
  to: thursday,
});

interface Told {
  readonly a?: readonly LogRecord[];
  readonly b?: readonly LogRecord[];
  readonly ofWard?: readonly LogRecord[];
}
/** Logs of the three speakers in which nothing sounds. */
export const silent = {
  a: logOf(speakerA, []),
  b: logOf(speakerB, []),
  ofWard: logOf(communeSpeaker, []),
};
/** The commune and its two villages, with silent logs where none are told. */
export const courtOf = (told: Told, change: Partial<JudgeInput> = {}): JudgeInput => {
  const { a, b, ofWard } = { ...silent, ...told };
  const speakers = [
    speaker(a),
    speaker(b, speakerB, villageB),
    speaker(ofWard, communeSpeaker, commune),
  ];
  return inputOf([], { rules: [ward, villages], speakers, ...change });
};
/** A standing of the court. */
export const opened = (input: JudgeInput) => {
  const standing = openStanding(input);
  if (!standing.ok) throw new Error(standing.problem.code);
  return standing.value;
};

/** What was judged anew, as [rule, first day, speaker or unit] in their order. */
export const named = ({ verdicts, units }: Judgement) => ({
  verdicts: verdicts.map((one) => [one.rule, one.period.from, one.speaker]),
  units: units.map((one) => [one.rule, one.period.from, one.unit]),
});
export const nothing = { verdicts: [], units: [] };
