import { describe, expect, test } from 'vitest';
import { judge } from '#core/airtime/judge.ts';
import { createRuleBook } from '#core/airtime/rule-book.ts';
import { createDayTable } from '#runtime/day-table.ts';
import type { AirtimeRule } from '#schemas/airtime.ts';
import { plannedSessionId } from '#schemas/session.ts';
import { at, inputOf, judged, MINUTE, rule, speaker, verdictOn, zone } from './support/court.ts';
import { ruleId, speakerA, villageA } from './support/ids.ts';
import { createLogWriter } from './support/log-writer.ts';

/** Half an hour at each told day and clock of the week, then two days of silence. */
const airedAt = (...times: readonly (readonly [number, string])[]) => {
  const writer = createLogWriter(speakerA).boot(at(-1, '20:00'), 'first');
  for (const [day, clock] of times) {
    const startMs = at(day, clock);
    writer.item({
      session: plannedSessionId(startMs),
      fromMs: startMs,
      toMs: startMs + 30 * MINUTE,
    });
  }
  return writer.beat(at(8, '00:00')).records;
};

const weekly = (change: Partial<AirtimeRule> = {}): AirtimeRule =>
  rule({ per: 'week', minOccurrences: 5, ...change });

describe('a week', () => {
  test('holds five occurrences on five days', () => {
    const log = airedAt([0, '05:00'], [1, '05:00'], [2, '05:00'], [3, '05:00'], [6, '05:00']);
    expect(verdictOn(inputOf(log, { rules: [weekly()] }))).toMatchObject({
      verdict: 'met',
      owed: 5,
      period: { per: 'week', from: '2026-03-02', to: '2026-03-08' },
    });
  });

  test('of one day only as many count as keep the days even', () => {
    const log = airedAt([0, '05:00'], [0, '12:00'], [0, '18:00'], [1, '05:00'], [2, '05:00']);
    const verdict = verdictOn(inputOf(log, { rules: [weekly()] }));
    expect(verdict).toMatchObject({ verdict: 'tooFew', has: 3 });
    expect(verdict.sessions.map(({ reason }) => reason)).toEqual([
      null,
      'dayFull',
      'dayFull',
      null,
      null,
    ]);
  });

  test('ten occurrences on three listed weekdays allow four a day', () => {
    const log = airedAt([0, '05:00'], [0, '06:00'], [0, '07:00'], [0, '08:00'], [0, '09:00']);
    const rules = [weekly({ minOccurrences: 10, weekdays: [1, 3, 5] })];
    expect(verdictOn(inputOf(log, { rules })).has).toBe(4);
  });

  test('what was aired on a weekday that is not listed does not count', () => {
    const log = airedAt([1, '05:00']);
    const rules = [weekly({ minOccurrences: 1, weekdays: [1] })];
    expect(verdictOn(inputOf(log, { rules }))).toMatchObject({
      verdict: 'tooFew',
      sessions: [{ reason: 'notOwed', qualifies: false }],
    });
  });

  test.each([
    { why: 'cut by the start of the validity', from: '2026-03-06', to: '2026-03-08', owed: 3 },
    { why: 'cut by its end', from: '2026-03-02', to: '2026-03-03', owed: 2 },
    { why: 'whole', from: '2026-03-02', to: '2026-03-08', owed: 5 },
  ])('owes what its days can hold when it is $why', ({ from, to, owed }) => {
    const verdict = judged(inputOf(airedAt(), { rules: [weekly({ from, to })] })).verdicts[0];
    expect(verdict).toMatchObject({ owed, period: { from, to } });
  });

  test('of a speaker that came on Thursday owes less, and what it aired before does not count', () => {
    const log = airedAt([0, '05:00'], [4, '05:00']);
    const stays = [{ unit: villageA, from: '2026-03-06', to: null }];
    const speakers = [{ ...speaker(log), stays }];
    expect(verdictOn(inputOf(log, { rules: [weekly()], speakers }))).toMatchObject({
      owed: 3,
      has: 1,
      verdict: 'tooFew',
    });
  });

  test('ends on its Sunday, also when the validity began inside it', () => {
    const rules = [weekly({ from: '2026-03-06', to: '2026-03-20' })];
    const table = createDayTable(zone, '2026-03-06', 15);
    const { verdicts } = judged(inputOf(airedAt(), { rules, table }));
    expect(verdicts.map(({ period, owed }) => [period.from, period.to, owed])).toEqual([
      ['2026-03-06', '2026-03-08', 3],
      ['2026-03-09', '2026-03-15', 5],
      ['2026-03-16', '2026-03-20', 5],
    ]);
  });

  test('that the table holds in part is not judged', () => {
    const table = createDayTable(zone, '2026-03-02', 6);
    expect(judged(inputOf(airedAt(), { rules: [weekly()], table })).verdicts).toEqual([]);
  });
});

describe('blocks of days', () => {
  test('are counted from the first day of the rule and judged as weeks are', () => {
    const rules = [rule({ per: 'everyDays', everyDays: 3, from: '2026-03-03', to: '2026-03-07' })];
    const log = airedAt([2, '05:00']);
    const verdicts = judged(inputOf(log, { rules })).verdicts;
    expect(verdicts.map(({ period, verdict }) => [period.from, period.to, verdict])).toEqual([
      ['2026-03-03', '2026-03-05', 'met'],
      ['2026-03-06', '2026-03-07', 'tooFew'],
    ]);
  });

  test('can hold more occurrences than they have days', () => {
    const rules = [rule({ per: 'everyDays', everyDays: 2, minOccurrences: 3, to: '2026-03-03' })];
    const log = airedAt([0, '05:00'], [0, '12:00'], [1, '05:00']);
    expect(verdictOn(inputOf(log, { rules }))).toMatchObject({ verdict: 'met', owed: 3 });
  });
});

describe('spacing', () => {
  test.each([
    { why: 'is kept at exactly the minutes', second: '07:00', has: 2 },
    { why: 'is broken one millisecond below', second: '06:59:59.999', has: 1 },
  ])('between planned starts $why', ({ second, has }) => {
    const log = airedAt([0, '05:00'], [0, second]);
    const rules = [rule({ minOccurrences: 2, minSpacingMin: 120 })];
    expect(verdictOn(inputOf(log, { rules })).has).toBe(has);
  });

  test('counts the largest set, and names the one that is too close', () => {
    const log = airedAt([0, '05:00'], [0, '06:00'], [0, '07:00']);
    const rules = [rule({ minOccurrences: 2, minSpacingMin: 120 })];
    const verdict = verdictOn(inputOf(log, { rules }));
    expect(verdict.verdict).toBe('met');
    expect(verdict.sessions.map(({ reason }) => reason)).toEqual([null, 'tooClose', null]);
  });
});

describe('versions of a rule', () => {
  const versions = [
    rule({ version: 1, versionFrom: '2026-03-01', minOccurrences: 1 }),
    rule({ version: 2, versionFrom: '2026-03-04', minOccurrences: 2 }),
  ];

  test('each judge the days on which they were in force', () => {
    const verdicts = judged(inputOf(airedAt(), { rules: versions })).verdicts;
    expect(verdicts.map(({ version }) => version)).toEqual([1, 1, 2, 2, 2, 2, 2]);
  });

  test('take over a week only when it is over', () => {
    const rules = versions.map((one) => ({ ...one, per: 'week' as const, to: '2026-03-15' }));
    const table = createDayTable(zone, '2026-03-02', 14);
    const periods = createRuleBook(rules, table).get(ruleId)?.periods;
    expect(periods?.map(({ rule: used, rows }) => [used.version, rows[0]?.day])).toEqual([
      [1, '2026-03-02'],
      [2, '2026-03-09'],
    ]);
  });

  test('may shorten the validity: no day after the new end is judged', () => {
    const rules = [
      rule({ version: 1, to: '2026-03-08' }),
      rule({ version: 2, versionFrom: '2026-03-04', to: '2026-03-05' }),
    ];
    expect(judged(inputOf(airedAt(), { rules })).verdicts).toHaveLength(4);
  });
});

describe('a rule that cannot be judged is refused', () => {
  test.each<{ why: string; change: Partial<AirtimeRule>; problem: object }>([
    {
      why: 'an end before the start',
      change: { from: '2026-03-08', to: '2026-03-02' },
      problem: { code: 'ruleEndsBeforeStart' },
    },
    {
      why: 'blocks without a length',
      change: { per: 'everyDays' },
      problem: { code: 'ruleIncomplete', field: 'everyDays' },
    },
    {
      why: 'each without a level',
      change: { scope: 'each' },
      problem: { code: 'ruleIncomplete', field: 'level' },
    },
    {
      why: 'a coverage above all',
      change: { coverage: { numerator: 3, denominator: 2 } },
      problem: { code: 'ruleIncomplete', field: 'coverage' },
    },
    {
      why: 'an exemption by the week',
      change: { per: 'week', unlessAired: rule().id },
      problem: { code: 'ruleIncomplete', field: 'per' },
    },
    {
      why: 'an exemption by a rule that is not there',
      change: { unlessAired: villageA },
      problem: { code: 'ruleIncomplete', field: 'unlessAired' },
    },
    {
      why: 'an exemption by itself',
      change: { unlessAired: rule().id },
      problem: { code: 'ruleIncomplete', field: 'unlessAired' },
    },
  ])('$why', ({ change, problem }) => {
    const result = judge(inputOf([], { rules: [rule(change)] }));
    expect(result).toMatchObject({ ok: false, problem });
  });
});
