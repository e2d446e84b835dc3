import { expect, test } from 'vitest';
import { cappedInstants, judgeCaps } from '#core/airtime/caps.ts';
import { createDayTable } from '#runtime/day-table.ts';
import type { AirtimeCap } from '#schemas/airtime.ts';
import { plannedSessionId } from '#schemas/session.ts';
import { at, MINUTE, speaker, units, zone } from './support/court.ts';
import { commune, id, speakerA } from './support/ids.ts';
import { createLogWriter, type ToldItem } from './support/log-writer.ts';

const cap = (change: Partial<AirtimeCap>): AirtimeCap => ({
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

const findings = (change: Partial<AirtimeCap>, heard: readonly Heard[]) => {
  const writer = createLogWriter(speakerA).boot(at(-1, '20:00'), 'first');
  for (const [fromMs, minutes, rest] of heard) {
    const session = plannedSessionId(fromMs);
    writer.item({ session, fromMs, toMs: fromMs + minutes * MINUTE, ...rest });
  }
  return judgeCaps({
    caps: [cap(change)],
    table: createDayTable(zone, '2026-03-02', 7),
    units,
    speakers: [speaker(writer.records)],
    nowMs: at(8, '00:00'),
  }).map(({ code, day, found, allowed }) => ({ code, day, found, allowed }));
};

const emergency = { priority: 'emergency' } as const;

test('a third session on a day with two allowed is a finding', () => {
  const heard: Heard[] = [
    [at(0, '05:00'), 10],
    [at(0, '06:00'), 10],
    [at(0, '07:00'), 10],
  ];
  expect(findings({ maxSessionsPerDay: 2 }, heard)).toEqual([
    { code: 'maxSessionsPerDay', day: '2026-03-02', found: 3, allowed: 2 },
  ]);
  expect(findings({ maxSessionsPerDay: 2 }, heard.slice(1))).toEqual([]);
});

test('a session in which nothing was audible is no session, a drill is one', () => {
  expect(findings({ maxSessionsPerDay: 0 }, [[at(0, '05:00'), 10, { volume: 0 }]])).toEqual([]);
  expect(findings({ maxSessionsPerDay: 0 }, [[at(0, '05:00'), 10, { drill: true }]])).toHaveLength(
    1,
  );
});

test('a real emergency breaks no cap, its drill does', () => {
  const everything = {
    maxSessionsPerDay: 0,
    maxDayMinutes: 1,
    quietHours: [{ from: '21:00', to: '05:00' }],
  };
  expect(findings(everything, [[at(0, '22:00'), 10, emergency]])).toEqual([]);
  const drill = { ...emergency, drill: true };
  expect(findings(everything, [[at(0, '22:00'), 10, drill]]).map(({ code }) => code)).toEqual([
    'maxSessionsPerDay',
    'maxDayMinutes',
    'quietHours',
  ]);
});

test('two boots of which the later one’s clock was late are both heard, on the day as in the session', () => {
  const session = plannedSessionId(at(0, '05:00'));
  const writer = createLogWriter(speakerA).boot(at(-1, '20:00'), 'first');
  writer.item({ session, fromMs: at(0, '05:00'), toMs: at(0, '05:20') });
  writer.boot(at(0, '05:10')).item({ session, fromMs: at(0, '05:12'), toMs: at(0, '05:22') });
  const found = judgeCaps({
    caps: [cap({ maxSessionMinutes: 25, maxDayMinutes: 25, forbiddenWeekdays: [1] })],
    table: createDayTable(zone, '2026-03-02', 1),
    units,
    speakers: [speaker(writer.records)],
    nowMs: at(8, '00:00'),
  });
  expect(found.map(({ code, found }) => [code, found])).toEqual([
    ['maxSessionMinutes', 30 * MINUTE],
    ['maxDayMinutes', 30 * MINUTE],
    ['forbiddenWeekdays', 30 * MINUTE],
  ]);
});

test('items that sounded at once in one boot are heard once', () => {
  const heard: Heard[] = [
    [at(0, '05:00'), 20],
    [at(0, '05:10'), 5],
    [at(0, '05:12'), 10],
  ];
  expect(findings({ maxDayMinutes: 21 }, heard)).toEqual([
    { code: 'maxDayMinutes', day: '2026-03-02', found: 22 * MINUTE, allowed: 21 * MINUTE },
  ]);
});

test('a sixth day of a week with five allowed is a finding', () => {
  const heard = [0, 1, 2, 3, 4, 5].map((day): Heard => [at(day, '05:00'), 10]);
  expect(findings({ maxDaysPerWeek: 5 }, heard)).toEqual([
    { code: 'maxDaysPerWeek', day: '2026-03-02', found: 6, allowed: 5 },
  ]);
  expect(findings({ maxDaysPerWeek: 5 }, heard.slice(1))).toEqual([]);
});

test('a session may last exactly its maximum', () => {
  expect(findings({ maxSessionMinutes: 15 }, [[at(0, '05:00'), 15]])).toEqual([]);
  expect(findings({ maxSessionMinutes: 15 }, [[at(0, '05:00'), 15.001]])).toEqual([
    { code: 'maxSessionMinutes', day: '2026-03-02', found: 900_060, allowed: 900_000 },
  ]);
});

test('what sounds across midnight is counted on both of its days', () => {
  expect(findings({ maxDayMinutes: 14 }, [[at(0, '23:45'), 30]])).toEqual([
    { code: 'maxDayMinutes', day: '2026-03-02', found: 900_000, allowed: 840_000 },
    { code: 'maxDayMinutes', day: '2026-03-03', found: 900_000, allowed: 840_000 },
  ]);
});

test('sound on a forbidden weekday and in quiet hours is counted in milliseconds', () => {
  expect(findings({ forbiddenWeekdays: [7] }, [[at(6, '09:00'), 1]])).toEqual([
    { code: 'forbiddenWeekdays', day: '2026-03-08', found: 60_000, allowed: 0 },
  ]);
  const quietHours = [{ from: '21:00', to: '05:00' }];
  expect(findings({ quietHours }, [[at(0, '20:30'), 31]])).toEqual([
    { code: 'quietHours', day: '2026-03-02', found: 60_000, allowed: 0 },
  ]);
  expect(
    findings({ quietHours }, [
      [at(0, '20:30'), 30],
      [at(1, '05:00'), 30],
    ]),
  ).toEqual([]);
});

test('a cap binds inside its validity only', () => {
  const late = { from: '2026-03-03', to: '2026-03-03', maxSessionsPerDay: 0 };
  const heard = [0, 1, 2].map((day): Heard => [at(day, '05:00'), 10]);
  expect(findings(late, heard).map(({ day }) => day)).toEqual(['2026-03-03']);
});

test('caps could be asked about all that sounded and its planned starts, and about nothing else', () => {
  const writer = createLogWriter(speakerA).boot(at(-1, '20:00'), 'first');
  const told = () => cappedInstants([speaker(writer.records)], at(8, '00:00'));
  const item = (plannedMs: number, fromMs: number, change: Partial<ToldItem> = {}) =>
    writer.item({
      session: plannedSessionId(plannedMs),
      fromMs,
      toMs: fromMs + 10 * MINUTE,
      ...change,
    });
  item(at(0, '05:00'), at(0, '05:00'), { volume: 0 });
  item(at(1, '05:00'), at(1, '05:00'), emergency);
  expect(told()).toBeUndefined();
  item(at(2, '05:00'), at(2, '05:01'));
  item(at(3, '23:55'), at(3, '23:56'));
  item(at(9, '05:00'), at(9, '05:00'));
  expect(told()).toEqual({ fromMs: at(2, '05:00'), toMs: at(4, '00:06') });
});
