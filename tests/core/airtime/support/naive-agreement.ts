import fc from 'fast-check';
import { createDayTable } from '#runtime/day-table.ts';
import type { AirtimeRule } from '#schemas/airtime.ts';
import type { LogRecord } from '#schemas/records/log-record.ts';
import { judgeNaively } from '../naive/naive-judge.ts';
import { at, inputOf, judged, rule, speaker, WEEK } from './court.ts';
import { commune, communeSpeaker, otherRuleId, speakerA } from './ids.ts';
import { dayLater, recordLater, ruleLater } from './later.ts';
import { withLosses } from './lost-records.ts';
import { randomLog } from './random-log.ts';
import { anyRule } from './random-rule.ts';

/**
 * A rule and a log of which some records may be missing, in a zone with or without a changing hour.
 * A `wardLog` makes the rule one that is owed only on days on which the ward did not broadcast.
 */
export interface AgreementCase {
  readonly rule: AirtimeRule;
  readonly log: readonly LogRecord[];
  readonly wardLog: readonly LogRecord[] | null;
  readonly zone: string;
  readonly nowMs: number;
  /** How much later all of it happened. */
  readonly weeksLater: number;
}

const partOfLog = fc
  .constantFrom(at(-1, '22:00'), at(5, '22:00'))
  .chain((startMs) => randomLog(true, startMs))
  .chain(withLosses);

/**
 * In New York the clocks are put forward on Sunday 2026-03-08, in the judged week, and back on Sunday
 * 2026-11-01, in the same week 34 weeks later.
 */
export const agreementCase: fc.Arbitrary<AgreementCase> = fc.record({
  rule: anyRule,
  log: partOfLog,
  wardLog: fc.option(partOfLog, { freq: 3 }),
  zone: fc.constantFrom('Asia/Ho_Chi_Minh', 'America/New_York'),
  nowMs: fc.constantFrom(at(9, '00:00'), at(7, '00:00'), at(2, '12:00')),
  weeksLater: fc.constantFrom(0, 34),
});

/** The ward's own rule; the judged one gives way to it by the day. */
const wardRule = rule({ id: otherRuleId, unit: commune, minMinutes: 10, to: '2026-03-07' });

/** What the judge and the naive judge say of a case, in the same form. */
export const bothSay = (one: AgreementCase) => {
  const { rule: told, log, wardLog, weeksLater } = one;
  const isDaily = wardLog !== null;
  const daily = { per: 'day', everyDays: null, unlessAired: wardRule.id } as const;
  const used = ruleLater(isDaily ? { ...told, ...daily } : told, weeksLater);
  const rules = isDaily ? [used, ruleLater(wardRule, weeksLater)] : [used];
  const own = log.map((record) => recordLater(record, weeksLater));
  const ofWard = (wardLog ?? []).map((record) => ({
    ...recordLater(record, weeksLater),
    speaker: communeSpeaker,
  }));
  const speakers = [speaker(own), ...(isDaily ? [speaker(ofWard, communeSpeaker, commune)] : [])];
  const table = createDayTable(one.zone, dayLater('2026-03-02', weeksLater), 7);
  const nowMs = one.nowMs + weeksLater * WEEK;
  const { verdicts } = judged(inputOf(own, { rules, speakers, table, nowMs }));
  const ward = rules[1] === undefined ? null : { rule: rules[1], logs: [ofWard] };
  return {
    judge: verdicts
      .filter(({ speaker: of }) => of === speakerA)
      .map(({ period: { from, to }, verdict, owed, has, shortfall }) => ({
        from,
        to,
        verdict,
        owed,
        has,
        shortfall,
      })),
    naive: judgeNaively({ rule: used, log: own, ward, zone: one.zone, nowMs }),
  };
};
