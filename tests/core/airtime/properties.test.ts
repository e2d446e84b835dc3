import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readLog } from '#core/airtime/as-run-log.ts';
import { clipTo, coveredMs, lengthOf, unionOf } from '#core/airtime/intervals.ts';
import { airtimeMsOf } from '#core/airtime/runs.ts';
import type { AirtimeRule } from '#schemas/airtime.ts';
import type { LogRecord } from '#schemas/records/log-record.ts';
import type { Verdict } from '#schemas/verdict.ts';
import { cases } from './support/cases.ts';
import { at, inputOf, judged } from './support/court.ts';
import { speakerA } from './support/ids.ts';
import { withLosses } from './support/lost-records.ts';
import { randomLog } from './support/random-log.ts';
import { anyRule } from './support/random-rule.ts';
import { takenBack } from './support/taken-back.ts';

const interval = fc
  .tuple(fc.integer({ min: 0, max: 100 }), fc.integer({ min: 0, max: 30 }))
  .map(([fromMs, length]) => ({ fromMs, toMs: fromMs + length }));
const intervals = fc.array(interval, { maxLength: 12 });

describe('intervals', () => {
  test('a point lies in the union exactly when it lies in one of them', () => {
    fc.assert(
      fc.property(intervals, fc.integer({ min: 0, max: 131 }), (parts, point) => {
        const holds = (list: typeof parts) =>
          list.some(({ fromMs, toMs }) => fromMs <= point && point < toMs);
        expect(holds([...unionOf(parts)])).toBe(holds(parts));
      }),
    );
  });

  test('a union is ascending, without touching parts, and no longer than the sum', () => {
    fc.assert(
      fc.property(intervals, (parts) => {
        const union = unionOf(parts);
        for (const [index, part] of union.entries()) {
          expect(part.toMs).toBeGreaterThan(part.fromMs);
          expect(part.fromMs).toBeGreaterThan(union[index - 1]?.toMs ?? -1);
        }
        expect(lengthOf(union)).toBeLessThanOrEqual(lengthOf(parts));
        expect(unionOf([...parts].reverse())).toEqual(union);
      }),
    );
  });

  test('what a window covers is never longer than the window or the union', () => {
    fc.assert(
      fc.property(intervals, interval, (parts, window) => {
        const covered = coveredMs(parts, window);
        expect(covered).toBeLessThanOrEqual(window.toMs - window.fromMs);
        expect(covered).toBeLessThanOrEqual(lengthOf(unionOf(parts)));
        expect(covered).toBe(lengthOf(clipTo(unionOf(parts), window)));
        const isEmpty = (part: (typeof parts)[number]) => part.toMs <= part.fromMs;
        expect(clipTo(parts, window).some(isEmpty)).toBe(false);
      }),
    );
  });
});

/** A log and a part of it, as if some records had not arrived. */
const partly = (movable: boolean) =>
  randomLog(movable).chain((log) => withLosses(log).map((some) => ({ log, some })));

const judgedBy = (used: AirtimeRule, log: readonly LogRecord[]) =>
  judged(inputOf(log, { rules: [used], nowMs: at(9, '00:00') }));

const isShort = ({ verdict }: Verdict) => verdict === 'tooFew' || verdict === 'tooShort';
const runs = cases(400);

describe('verdicts', () => {
  test('a met is never taken back by more records', () => {
    fc.assert(
      fc.property(anyRule, partly(true), (used, { log, some }) => {
        const late = judgedBy(used, log);
        expect(takenBack(judgedBy(used, some), late)).toEqual([]);
      }),
      runs,
    );
  });

  test('unknown is never shown as missed: what is called short has nothing left to come', () => {
    fc.assert(
      fc.property(anyRule, partly(false), (used, { log, some }) => {
        const all = judgedBy(used, log).verdicts;
        for (const [index, early] of judgedBy(used, some).verdicts.entries()) {
          if (isShort(early)) expect(all[index]?.has).toBe(early.has);
        }
      }),
      runs,
    );
  });

  test('the order in which records arrive, once or twice, changes no byte', () => {
    const shuffled = partly(true).chain(({ some }) =>
      fc
        .shuffledSubarray([...some, ...some], { minLength: some.length * 2 })
        .map((arrived) => ({ some, arrived })),
    );
    fc.assert(
      fc.property(anyRule, shuffled, (used, { some, arrived }) => {
        const text = JSON.stringify(judgedBy(used, some));
        expect(JSON.stringify(judgedBy(used, arrived))).toBe(text);
      }),
      cases(150),
    );
  });

  test('airtime is never more than what was audible, and a run never more than its session', () => {
    fc.assert(
      fc.property(anyRule, randomLog(true), (used, log) => {
        const { sessions } = readLog(speakerA, log, at(9, '00:00'));
        const airtimes = new Map(
          sessions.map(({ session, sounds }) => [session, airtimeMsOf(sounds)]),
        );
        for (const { session, airtimeMs, broadcasts } of judgedBy(used, log).verdicts.flatMap(
          (verdict) => verdict.sessions,
        )) {
          const sum = broadcasts
            .filter(({ inRun }) => inRun)
            .reduce((total, { audibleMs }) => total + audibleMs, 0);
          expect(airtimeMs).toBeLessThanOrEqual(sum);
          expect(airtimeMs).toBeLessThanOrEqual(airtimes.get(session) ?? 0);
        }
      }),
      cases(150),
    );
  });
});
