import { describe, expect, test } from 'vitest';
import { type CapInput, judgeCaps } from '#core/airtime/caps.ts';
import { createDayTable } from '#runtime/day-table.ts';
import type { AirtimeCap } from '#schemas/airtime.ts';
import { plannedSessionId } from '#schemas/session.ts';
import { at, MINUTE, speaker, units, zone } from './support/court.ts';
import { commune, id, speakerA, speakerB, villageA, villageB } from './support/ids.ts';
import { createLogWriter, type ToldItem } from './support/log-writer.ts';

const cap = (change: Partial<AirtimeCap> = {}): AirtimeCap => ({
  id: id(61),
  unit: commune,
  from: '2026-01-01',
  to: null,
  maxSessionsPerDay: null,
  maxDaysPerWeek: null,
  maxSessionMinutes: null,
  maxDayMinutes: null,
  forbiddenWeekdays: [],
  quietHours: [],
  ...change,
});

type Heard = readonly [fromMs: number, minutes: number, change?: Partial<ToldItem>];
const logOf = (heard: readonly Heard[], name = speakerA) => {
  const writer = createLogWriter(name).boot(at(-1, '20:00'), 'first');
  for (const [fromMs, minutes, rest] of heard) {
    const toMs = fromMs + minutes * MINUTE;
    writer.item({ session: plannedSessionId(fromMs), fromMs, toMs, ...rest });
  }
  return writer.records;
};
const judgedBy = (caps: readonly AirtimeCap[], change: Partial<CapInput> = {}) =>
  judgeCaps({
    caps,
    table: createDayTable(zone, '2026-03-02', 7),
    units,
    speakers: [],
    nowMs: at(8, '00:00'),
    ...change,
  });
const foundIn = (change: Partial<AirtimeCap>, heard: readonly Heard[]) =>
  judgedBy([cap(change)], { speakers: [speaker(logOf(heard))] });

const five = at(0, '05:00');

describe('a finding of a cap', () => {
  test('names cap, speaker, day, what was found and what is allowed', () => {
    expect(foundIn({ maxSessionsPerDay: 0 }, [[five, 10]])).toEqual([
      {
        cap: id(61),
        speaker: speakerA,
        code: 'maxSessionsPerDay',
        day: '2026-03-02',
        session: null,
        found: 1,
        allowed: 0,
      },
    ]);
  });

  test('names the session that was too long, and no other', () => {
    const heard: Heard[] = [
      [five, 10],
      [at(0, '06:00'), 20],
    ];
    expect(foundIn({ maxSessionMinutes: 15 }, heard)).toMatchObject([
      { session: plannedSessionId(at(0, '06:00')), found: 20 * MINUTE, allowed: 15 * MINUTE },
    ]);
  });

  test('stands in the order of cap, speaker and day, in whatever order they are told', () => {
    const heard: Heard[] = [
      [five, 10],
      [at(1, '05:00'), 10],
    ];
    const caps = [
      cap({ id: id(62), maxSessionsPerDay: 0 }),
      cap({ maxSessionsPerDay: 0 }),
      cap({ id: id(60), maxSessionsPerDay: 0 }),
    ];
    const speakers = [
      speaker(logOf(heard, speakerB), speakerB, villageB),
      speaker(logOf(heard)),
      speaker(logOf(heard, id(19)), id(19), villageB),
    ];
    const told = judgedBy(caps, { speakers }).map((one) => [one.cap, one.speaker, one.day]);
    expect(told).toEqual(
      [id(60), id(61), id(62)].flatMap((name) =>
        [id(19), speakerA, speakerB].flatMap((one) => [
          [name, one, '2026-03-02'],
          [name, one, '2026-03-03'],
        ]),
      ),
    );
    const turned = { speakers: speakers.toReversed() };
    expect(judgedBy(caps.toReversed(), turned)).toEqual(judgedBy(caps, { speakers }));
  });

  test('is the same in whatever order the records came', () => {
    const log = logOf([
      [five, 10],
      [at(0, '06:00'), 10],
    ]);
    const caps = [cap({ maxSessionsPerDay: 1, maxSessionMinutes: 5 })];
    expect(judgedBy(caps, { speakers: [speaker(log.toReversed())] })).toEqual(
      judgedBy(caps, { speakers: [speaker(log)] }),
    );
  });
});

describe('a cap binds', () => {
  const heard: Heard[] = [[five, 10]];
  const speakers = [speaker(logOf(heard)), speaker(logOf(heard, speakerB), speakerB, villageB)];
  const boundBy = (change: Partial<AirtimeCap>, input: Partial<CapInput> = { speakers }) =>
    judgedBy([cap({ maxSessionsPerDay: 0, ...change })], input).map((one) => one.speaker);

  test('every speaker at or below its unit, and nobody beside it', () => {
    expect(boundBy({})).toEqual([speakerA, speakerB]);
    expect(boundBy({ unit: villageA })).toEqual([speakerA]);
    expect(boundBy({ unit: id(99) })).toEqual([]);
  });

  test('on the days on which the speaker stands there', () => {
    const moved = {
      ...speaker(logOf([0, 1, 2].map((day): Heard => [at(day, '05:00'), 10]))),
      stays: [
        { unit: villageB, from: '2026-01-01', to: '2026-03-02' },
        { unit: villageA, from: '2026-03-03', to: '2026-03-03' },
      ],
    };
    const found = judgedBy([cap({ unit: villageA, maxSessionsPerDay: 0 })], { speakers: [moved] });
    expect(found.map(({ day }) => day)).toEqual(['2026-03-03']);
  });

  test('from its first day to its last, both included', () => {
    const days = [0, 1, 2, 3].map((day): Heard => [at(day, '05:00'), 10]);
    const change = { maxSessionsPerDay: 0, from: '2026-03-03', to: '2026-03-04' };
    expect(foundIn(change, days).map(({ day }) => day)).toEqual(['2026-03-03', '2026-03-04']);
  });

  test('only what it names: without a number nothing is too much', () => {
    const days = [0, 1, 2, 3, 4, 5, 6].map((day): Heard => [at(day, '00:00'), 1440]);
    expect(foundIn({}, days)).toEqual([]);
  });
});

describe('what is counted', () => {
  test('a session without a date, or dated after the instant of judging, is not', () => {
    const item = { session: plannedSessionId(five), fromMs: five, toMs: five + 10 * MINUTE };
    const undated = createLogWriter(speakerA).bootOnly(at(0, '04:00'), 'first').item(item).records;
    const caps = [cap({ maxSessionsPerDay: 0, maxDayMinutes: 1 })];
    expect(judgedBy(caps, { speakers: [speaker(undated)] })).toEqual([]);
    const dated = { speakers: [speaker(logOf([[five, 10]]))] };
    expect(judgedBy(caps, { ...dated, nowMs: five + 10 * MINUTE - 1 })).toEqual([]);
    expect(judgedBy(caps, { ...dated, nowMs: five + 10 * MINUTE })).toHaveLength(2);
  });

  test('an emergency inside a session adds nothing to its length nor to the day', () => {
    const session = plannedSessionId(five);
    const heard: Heard[] = [
      [five, 10],
      [five + 10 * MINUTE, 10, { session, priority: 'emergency' }],
    ];
    expect(foundIn({ maxSessionMinutes: 10, maxDayMinutes: 10 }, heard)).toEqual([]);
    expect(foundIn({ maxSessionMinutes: 9, maxDayMinutes: 9 }, heard)).toMatchObject([
      { code: 'maxSessionMinutes', found: 10 * MINUTE },
      { code: 'maxDayMinutes', found: 10 * MINUTE },
    ]);
  });

  test('what sounds twice at once counts once', () => {
    const heard: Heard[] = [
      [five, 10],
      [five + 5 * MINUTE, 10],
    ];
    expect(foundIn({ maxDayMinutes: 14 }, heard)).toMatchObject([{ found: 15 * MINUTE }]);
  });

  test('a session belongs to the day of its planned start, its sound to the days it sounded on', () => {
    const heard: Heard[] = [[at(0, '23:50'), 20]];
    expect(foundIn({ maxSessionsPerDay: 0, maxDayMinutes: 9 }, heard)).toMatchObject([
      { code: 'maxSessionsPerDay', day: '2026-03-02' },
      { code: 'maxDayMinutes', day: '2026-03-02', found: 10 * MINUTE },
      { code: 'maxDayMinutes', day: '2026-03-03', found: 10 * MINUTE },
    ]);
  });

  test('a day’s minutes may be reached, not passed', () => {
    expect(foundIn({ maxDayMinutes: 10 }, [[five, 10]])).toEqual([]);
    expect(foundIn({ maxDayMinutes: 0.5 }, [[five, 0.5]])).toEqual([]);
    expect(foundIn({ maxDayMinutes: 0.5 }, [[five, 0.51]])).toMatchObject([{ allowed: 30_000 }]);
  });

  test('weeks are counted apart, each from its Monday, and reported on its first day', () => {
    const table = createDayTable(zone, '2026-03-06', 10);
    const heard = [4, 5, 7, 8, 9].map((day): Heard => [at(day, '05:00'), 10]);
    const input = { speakers: [speaker(logOf(heard))], table, nowMs: at(20, '00:00') };
    expect(judgedBy([cap({ maxDaysPerWeek: 2 })], input)).toMatchObject([
      { code: 'maxDaysPerWeek', day: '2026-03-09', found: 3, allowed: 2 },
    ]);
    expect(judgedBy([cap({ maxDaysPerWeek: 1 })], input)).toMatchObject([
      { day: '2026-03-06', found: 2 },
      { day: '2026-03-09', found: 3 },
    ]);
  });

  test('what sounded outside the days that are judged is not, but for what reaches into them', () => {
    const everything = { maxSessionsPerDay: 0, maxDaysPerWeek: 0, maxDayMinutes: 1 };
    const sunday: Heard = [at(-1, '21:00'), 10];
    expect(foundIn(everything, [sunday, [at(7, '05:00'), 10]])).toEqual([]);
    expect(foundIn(everything, [[at(-1, '23:50'), 20]])).toMatchObject([
      { code: 'maxDayMinutes', day: '2026-03-02', found: 10 * MINUTE },
    ]);
  });

  test('two sessions of one day are one day of the week', () => {
    const heard: Heard[] = [
      [five, 10],
      [at(0, '06:00'), 10],
    ];
    expect(foundIn({ maxDaysPerWeek: 1 }, heard)).toEqual([]);
  });

  test('a weekday that is not forbidden is allowed', () => {
    expect(foundIn({ forbiddenWeekdays: [2, 7] }, [[five, 10]])).toEqual([]);
  });
});

describe('quiet hours', () => {
  const quietMs = (
    quietHours: AirtimeCap['quietHours'],
    heard: readonly Heard[],
  ): readonly (readonly [string, number])[] =>
    foundIn({ quietHours }, heard).map(({ day, found }) => [day, found / MINUTE]);

  test('over noon, over midnight, and two that overlap, are counted by the day of the sound', () => {
    const allDay: Heard[] = [[at(0, '00:00'), 1440]];
    expect(quietMs([{ from: '11:00', to: '13:30' }], allDay)).toEqual([['2026-03-02', 150]]);
    expect(quietMs([{ from: '22:00', to: '05:00' }], allDay)).toEqual([['2026-03-02', 420]]);
    const both = [
      { from: '11:00', to: '13:00' },
      { from: '12:00', to: '14:00' },
    ];
    expect(quietMs(both, allDay)).toEqual([['2026-03-02', 180]]);
    const acrossMidnight: Heard[] = [[at(0, '23:00'), 120]];
    expect(quietMs([{ from: '22:00', to: '00:30' }], acrossMidnight)).toEqual([
      ['2026-03-02', 60],
      ['2026-03-03', 30],
    ]);
  });

  test('with equal ends are the whole day', () => {
    expect(quietMs([{ from: '12:00', to: '12:00' }], [[five, 10]])).toEqual([['2026-03-02', 10]]);
  });

  const berlin = (first: string, heard: readonly Heard[]) =>
    judgedBy([cap({ quietHours: [{ from: '02:00', to: '03:00' }] })], {
      table: createDayTable('Europe/Berlin', first, 1),
      speakers: [speaker(logAll(heard))],
      nowMs: at(400, '00:00'),
    }).map(({ found }) => found / MINUTE);
  const logAll = (heard: readonly Heard[]) => {
    const [first] = heard;
    const writer = createLogWriter(speakerA).boot((first?.[0] ?? 0) - MINUTE, 'first');
    for (const [fromMs, minutes] of heard) {
      const toMs = fromMs + minutes * MINUTE;
      writer.item({ session: plannedSessionId(fromMs), fromMs, toMs });
    }
    return writer.records;
  };

  test('in an hour that the zone repeats are quiet twice, in one that it skips never', () => {
    const autumn = Date.parse('2026-10-25T00:00:00+02:00');
    expect(berlin('2026-10-25', [[autumn, 25 * 60]])).toEqual([120]);
    const spring = Date.parse('2026-03-29T00:00:00+01:00');
    expect(berlin('2026-03-29', [[spring, 23 * 60]])).toEqual([]);
  });
});
