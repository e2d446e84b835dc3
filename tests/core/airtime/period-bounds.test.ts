import { describe, expect, test } from 'vitest';
import { createDayTable } from '#runtime/day-table.ts';
import type { AirtimeRule } from '#schemas/airtime.ts';
import { plannedSessionId } from '#schemas/session.ts';
import { at, inputOf, judged, MINUTE, rule, verdictOn, zone } from './support/court.ts';
import { speakerA } from './support/ids.ts';
import { createLogWriter } from './support/log-writer.ts';

/** Half an hour at each told day and clock, on a speaker that was heard of long after. */
const airedAt = (...times: readonly (readonly [number, string])[]) => {
  const writer = createLogWriter(speakerA).boot(at(-1, '20:00'), 'first');
  for (const [day, clock] of times) {
    const fromMs = at(day, clock);
    const toMs = fromMs + 30 * MINUTE;
    writer.item({ session: plannedSessionId(fromMs), fromMs, toMs });
  }
  return writer.beat(at(40, '00:00')).records;
};
const month = createDayTable(zone, '2026-02-23', 35);
const nowMs = at(40, '00:00');

/** Each period from 23 February to 29 March as [version, first day, last day, owed]. */
const periodsOf = (...rules: AirtimeRule[]) =>
  judged(inputOf(airedAt(), { rules, table: month, nowMs })).verdicts.map(
    ({ version, period, owed }) => [version, period.from, period.to, owed],
  );

describe('the periods of a rule', () => {
  test('by day are each day from the first of its validity to the last', () => {
    expect(periodsOf(rule({ from: '2026-02-27', to: '2026-03-01' }))).toEqual([
      [1, '2026-02-27', '2026-02-27', 1],
      [1, '2026-02-28', '2026-02-28', 1],
      [1, '2026-03-01', '2026-03-01', 1],
    ]);
  });

  test('by day are days, whatever length of blocks is still named', () => {
    expect(periodsOf(rule({ everyDays: 3, to: '2026-03-03' }))).toEqual([
      [1, '2026-03-02', '2026-03-02', 1],
      [1, '2026-03-03', '2026-03-03', 1],
    ]);
  });

  test('of one day only is one', () => {
    expect(periodsOf(rule({ to: '2026-03-02' }))).toEqual([[1, '2026-03-02', '2026-03-02', 1]]);
  });

  test('begin when its first version is in force, also in the middle of a week', () => {
    const late = { per: 'week', minOccurrences: 7, to: '2026-03-15' } as const;
    expect(periodsOf(rule({ ...late, versionFrom: '2026-03-05' }))).toEqual([
      [1, '2026-03-05', '2026-03-08', 4],
      [1, '2026-03-09', '2026-03-15', 7],
    ]);
  });

  test('by blocks are counted from the first day of the validity, whatever the version', () => {
    const blocks = { per: 'everyDays', everyDays: 5, minOccurrences: 9 } as const;
    const rules = [
      rule({ ...blocks, from: '2026-02-23', to: '2026-03-10' }),
      rule({
        ...blocks,
        version: 2,
        from: '2026-02-23',
        to: '2026-03-10',
        versionFrom: '2026-03-01',
      }),
    ];
    expect(periodsOf(...rules)).toEqual([
      [1, '2026-02-23', '2026-02-27', 9],
      [1, '2026-02-28', '2026-03-04', 9],
      [2, '2026-03-05', '2026-03-09', 9],
      [2, '2026-03-10', '2026-03-10', 2],
    ]);
  });

  test('that a version begins inside a block end with the block', () => {
    const blocks = {
      per: 'everyDays',
      everyDays: 5,
      from: '2026-03-02',
      to: '2026-03-12',
    } as const;
    expect(periodsOf(rule({ ...blocks, versionFrom: '2026-03-09' }))).toEqual([
      [1, '2026-03-09', '2026-03-11', 1],
      [1, '2026-03-12', '2026-03-12', 1],
    ]);
  });

  test('that the table does not hold whole are not judged, at its beginning and at its end', () => {
    const weeks = rule({ per: 'week', from: '2026-01-01', to: '2026-12-31' });
    const table = createDayTable(zone, '2026-03-03', 13);
    const found = judged(inputOf(airedAt(), { rules: [weeks], table, nowMs })).verdicts;
    expect(found.map(({ period }) => [period.from, period.to])).toEqual([
      ['2026-03-09', '2026-03-15'],
    ]);
  });

  test('outside the table are none', () => {
    expect(periodsOf(rule({ from: '2026-04-01', to: '2026-04-30' }))).toEqual([]);
    expect(periodsOf(rule({ from: '2026-01-01', to: '2026-02-22' }))).toEqual([]);
    expect(judged(inputOf([], { table: [] }))).toEqual({ verdicts: [], units: [], findings: [] });
  });
});

describe('of several versions of a rule', () => {
  const days = { from: '2026-03-02', to: '2026-03-05' } as const;
  const versionsOf = (...changes: Partial<AirtimeRule>[]) =>
    periodsOf(...changes.map((change) => rule({ ...days, ...change }))).map(([version]) => version);

  test('the one entered for the latest day rules, in whatever order they are told', () => {
    const old = { version: 1, versionFrom: '2026-01-01' };
    const young = { version: 2, versionFrom: '2026-03-04' };
    expect(versionsOf(old, young)).toEqual([1, 1, 2, 2]);
    expect(versionsOf(young, old)).toEqual([1, 1, 2, 2]);
  });

  test('of two entered for one day the higher number rules', () => {
    const first = { version: 2, versionFrom: '2026-03-03' };
    const second = { version: 3, versionFrom: '2026-03-03' };
    expect(versionsOf(first, second, { version: 1 })).toEqual([1, 3, 3, 3]);
    expect(versionsOf(second, first, { version: 1 })).toEqual([1, 3, 3, 3]);
  });

  test('a later day goes before a higher number', () => {
    const corrected = { version: 3, versionFrom: '2026-01-01' };
    expect(versionsOf(corrected, { version: 2, versionFrom: '2026-03-04' })).toEqual([3, 3, 2, 2]);
  });

  test('one that is in force and not valid yet leaves its days without a rule', () => {
    const moved = { version: 2, versionFrom: '2026-03-03', from: '2026-03-05', to: '2026-03-06' };
    expect(periodsOf(rule({ ...days }), rule({ ...days, ...moved }))).toEqual([
      [1, '2026-03-02', '2026-03-02', 1],
      [2, '2026-03-05', '2026-03-05', 1],
      [2, '2026-03-06', '2026-03-06', 1],
    ]);
  });
});

describe('of one day count towards a longer period', () => {
  const hasOf = (change: Partial<AirtimeRule>) => {
    const clocks = ['05:00', '06:00', '07:00', '08:00', '09:00'];
    const log = airedAt(...clocks.map((clock) => [0, clock] as const));
    const rules = [rule(change)];
    return verdictOn(inputOf(log, { rules, table: createDayTable(zone, '2026-03-02', 14), nowMs }))
      .has;
  };

  test.each<{ why: string; change: Partial<AirtimeRule>; has: number }>([
    { why: 'all, when the period is the day', change: { minOccurrences: 2 }, has: 5 },
    { why: 'one of seven a week', change: { per: 'week', minOccurrences: 7 }, has: 1 },
    { why: 'two of eight a week', change: { per: 'week', minOccurrences: 8 }, has: 2 },
    {
      why: 'four of seven on two weekdays',
      change: { per: 'week', minOccurrences: 7, weekdays: [1, 7] },
      has: 4,
    },
    {
      why: 'as many of a week that the validity cuts as of a whole one',
      change: { per: 'week', minOccurrences: 8, to: '2026-03-03' },
      has: 2,
    },
    {
      why: 'two of four in two days',
      change: { per: 'everyDays', everyDays: 2, minOccurrences: 4 },
      has: 2,
    },
    {
      why: 'all that a block demands when it lists one day of it',
      change: { per: 'everyDays', everyDays: 3, minOccurrences: 4, weekdays: [1] },
      has: 4,
    },
  ])('$why', ({ change, has }) => {
    expect(hasOf(change)).toBe(has);
  });

  test('nothing, when the block holds no day that is listed', () => {
    const change = { everyDays: 2, weekdays: [7], to: '2026-03-03' };
    const rules = [rule(change)];
    expect(verdictOn(inputOf(airedAt([0, '05:00']), { rules }))).toMatchObject({
      verdict: 'notDue',
      owed: 0,
      has: 0,
      shortfall: { occurrences: 0, seconds: 0 },
    });
  });
});

describe('spacing', () => {
  test('is kept across midnight, within a longer period', () => {
    const rules = [rule({ per: 'week', minOccurrences: 7, minSpacingMin: 120 })];
    const log = airedAt([0, '23:00'], [1, '00:30'], [1, '01:00']);
    const { has, sessions } = verdictOn(inputOf(log, { rules, nowMs }));
    expect(has).toBe(2);
    expect(sessions.map(({ reason }) => reason)).toEqual([null, 'tooClose', null]);
  });

  test('of a spare one does not matter: the distance is to the last that counts', () => {
    const rules = [rule({ minOccurrences: 3, minSpacingMin: 60 })];
    const log = airedAt([0, '05:00'], [0, '05:40'], [0, '06:20'], [0, '07:00'], [0, '07:20']);
    expect(verdictOn(inputOf(log, { rules, nowMs }))).toMatchObject({ has: 3, verdict: 'met' });
  });

  test('a session that does not qualify is in nobody’s way', () => {
    const rules = [rule({ minSpacingMin: 120, dayparts: [{ from: '06:00', to: '07:00' }] })];
    const log = airedAt([0, '05:30'], [0, '06:00']);
    expect(verdictOn(inputOf(log, { rules, nowMs })).has).toBe(1);
  });

  test('decides between too short and too few as it does between met and not', () => {
    const rules = [rule({ minOccurrences: 2, minMinutes: 45, minSpacingMin: 120 })];
    const apart = airedAt([0, '05:00'], [0, '07:00']);
    expect(verdictOn(inputOf(apart, { rules, nowMs })).verdict).toBe('tooShort');
    const close = airedAt([0, '05:00'], [0, '06:59']);
    expect(verdictOn(inputOf(close, { rules, nowMs })).verdict).toBe('tooFew');
  });
});

describe('the shortfall', () => {
  test('takes the best that did not qualify, as many as are owed', () => {
    const writer = createLogWriter(speakerA).boot(at(-1, '20:00'), 'first');
    for (const [clock, minutes] of [
      ['05:00', 5],
      ['07:00', 20],
      ['09:00', 10],
      ['12:00', 30],
      ['20:00', 29],
    ] as const) {
      const fromMs = at(0, clock);
      const toMs = fromMs + minutes * MINUTE;
      writer.item({ session: plannedSessionId(fromMs), fromMs, toMs });
    }
    const dayparts = [{ from: '05:00', to: '13:00' }];
    const rules = [rule({ minOccurrences: 3, dayparts })];
    const log = writer.beat(at(1, '00:00')).records;
    expect(verdictOn(inputOf(log, { rules })).shortfall).toEqual({
      occurrences: 2,
      seconds: (30 - 20 + 30 - 10) * 60,
    });
  });

  test('has no seconds when enough was aired, even if the rest was short', () => {
    const log = airedAt([0, '05:00'], [0, '07:00']);
    expect(verdictOn(inputOf(log, { nowMs })).shortfall).toEqual({ occurrences: 0, seconds: 0 });
  });
});
