import fc from 'fast-check';
import { createDayTable } from '#runtime/day-table.ts';
import type { AirtimeRule } from '#schemas/airtime.ts';
import type { LogRecord } from '#schemas/records/log-record.ts';
import { judgeNaively } from '../naive/naive-judge.ts';
import { at, inputOf, judged } from './court.ts';
import { randomLog } from './random-log.ts';
import { anyRule } from './random-rule.ts';

/** A rule and a log of which some records may be missing, in a zone with or without a changing hour. */
export interface AgreementCase {
  readonly rule: AirtimeRule;
  readonly log: readonly LogRecord[];
  readonly zone: string;
}

/** In New York the clocks are put forward on Sunday 2026-03-08, in the judged week. */
export const agreementCase: fc.Arbitrary<AgreementCase> = fc
  .record({
    rule: anyRule,
    whole: fc
      .constantFrom(at(-1, '22:00'), at(5, '22:00'))
      .chain((startMs) => randomLog(true, startMs)),
    lost: fc.array(fc.nat({ max: 40 }), { maxLength: 4 }),
    zone: fc.constantFrom('Asia/Ho_Chi_Minh', 'America/New_York'),
  })
  .map(({ rule, whole, lost, zone }) => ({
    rule,
    zone,
    log: whole.filter((_, index) => !lost.includes(index)),
  }));

/** What the judge and the naive judge say of a case, in the same form. */
export const bothSay = ({ rule, log, zone }: AgreementCase) => {
  const nowMs = at(9, '00:00');
  const table = createDayTable(zone, '2026-03-02', 7);
  const { verdicts } = judged(inputOf(log, { rules: [rule], table, nowMs }));
  return {
    judge: verdicts.map(({ period: { from, to }, verdict, owed, has, shortfall }) => ({
      from,
      to,
      verdict,
      owed,
      has,
      shortfall,
    })),
    naive: judgeNaively({ rule, log, zone, nowMs }),
  };
};
