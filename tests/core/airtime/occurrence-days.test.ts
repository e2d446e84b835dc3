import { describe, expect, test } from 'vitest';
import { createDayTable } from '#runtime/day-table.ts';
import type { AirtimeRule } from '#schemas/airtime.ts';
import { handSessionId, plannedSessionId, type SessionId } from '#schemas/session.ts';
import { at, inputOf, judged, MINUTE, rule, speaker, units, verdictOn } from './support/court.ts';
import { id, speakerA, villageA } from './support/ids.ts';
import { createLogWriter } from './support/log-writer.ts';

const on = () => createLogWriter(speakerA).boot(at(-1, '20:00'), 'first');
const heard = (session: SessionId, fromMs: number, minutes = 30) =>
  on()
    .item({ session, fromMs, toMs: fromMs + minutes * MINUTE })
    .beat(at(3, '00:00')).records;

test('a session across midnight belongs to the day of its planned start, whole', () => {
  const log = heard(plannedSessionId(at(0, '23:50')), at(0, '23:50'));
  expect(verdictOn(inputOf(log), 0)).toMatchObject({ verdict: 'met', has: 1 });
  expect(verdictOn(inputOf(log), 1)).toMatchObject({ verdict: 'tooFew', sessions: [] });
});

test('a session planned before midnight that began after it still belongs to its planned day', () => {
  const log = heard(plannedSessionId(at(0, '23:59')), at(1, '00:01'));
  expect(verdictOn(inputOf(log), 0)).toMatchObject({
    verdict: 'met',
    sessions: [{ timing: 'onTime' }],
  });
});

test('a list played by hand belongs to the day and daypart of its starting', () => {
  const rules = [rule({ dayparts: [{ from: '17:00', to: '18:30' }] })];
  const inside = heard(handSessionId(at(0, '17:10'), id(70)), at(0, '17:10'));
  expect(verdictOn(inputOf(inside, { rules })).verdict).toBe('met');
  const outside = heard(handSessionId(at(0, '18:30'), id(70)), at(0, '18:30'));
  expect(verdictOn(inputOf(outside, { rules })).verdict).toBe('tooFew');
});

test('a make-good session repays the day of its own start', () => {
  const log = heard(`m-${at(0, '18:00')}`, at(0, '18:00'));
  expect(verdictOn(inputOf(log)).verdict).toBe('met');
});

test('one session is one occurrence, however long and broken', () => {
  const session = plannedSessionId(at(0, '05:00'));
  const log = on()
    .item({ session, fromMs: at(0, '05:00'), toMs: at(0, '06:00') })
    .item({ session, fromMs: at(0, '08:00'), toMs: at(0, '09:00') })
    .beat(at(1, '00:00')).records;
  const rules = [rule({ minOccurrences: 2 })];
  expect(verdictOn(inputOf(log, { rules }))).toMatchObject({
    verdict: 'tooFew',
    has: 1,
    shortfall: { occurrences: 1, seconds: 1800 },
  });
});

describe('a start beside the planned one', () => {
  test.each([
    { why: 'at the tolerance is on time', offMs: 120_000, timing: 'onTime' },
    { why: 'beyond it is late and counts', offMs: 120_001, timing: 'late' },
    { why: 'early at the tolerance is on time', offMs: -120_000, timing: 'onTime' },
    { why: 'earlier is early and counts', offMs: -120_001, timing: 'early' },
  ])('$why', ({ offMs, timing }) => {
    const log = heard(plannedSessionId(at(0, '05:30')), at(0, '05:30') + offMs);
    expect(verdictOn(inputOf(log))).toMatchObject({ verdict: 'met', sessions: [{ timing }] });
  });
});

describe('dayparts', () => {
  const night: AirtimeRule['dayparts'] = [{ from: '22:00', to: '06:00' }];
  test.each([
    { why: 'the start of a daypart is inside', clock: '22:00', has: 1 },
    { why: 'its end is outside', clock: '06:00', has: 0 },
    { why: 'a daypart may wrap midnight', clock: '05:59:59.999', has: 1 },
    { why: 'before it is outside', clock: '21:59:59.999', has: 0 },
  ])('$why', ({ clock, has }) => {
    const log = heard(plannedSessionId(at(0, clock)), at(0, clock));
    expect(verdictOn(inputOf(log, { rules: [rule({ dayparts: night })] })).has).toBe(has);
  });

  test('equal ends cover the whole day', () => {
    const rules = [rule({ dayparts: [{ from: '12:00', to: '12:00' }] })];
    const log = heard(plannedSessionId(at(0, '03:00')), at(0, '03:00'));
    expect(verdictOn(inputOf(log, { rules })).verdict).toBe('met');
  });
});

describe('in a zone with daylight saving', () => {
  const berlin = (first: string) => createDayTable('Europe/Berlin', first, 2);
  const judgeAt = (startIso: string, first: string, daypart: { from: string; to: string }) => {
    const startMs = Date.parse(startIso);
    const log = createLogWriter(speakerA)
      .boot(startMs - 30 * 3_600_000, 'first')
      .item({
        session: plannedSessionId(startMs),
        fromMs: startMs,
        toMs: startMs + 30 * MINUTE,
      })
      .beat(startMs + 60 * 3_600_000).records;
    const rules = [rule({ from: '2026-01-01', to: '2026-12-31', dayparts: [daypart] })];
    const table = berlin(first);
    return verdictOn(inputOf(log, { rules, table, nowMs: startMs + 99 * 3_600_000 }));
  };
  const secondHour = { from: '02:00', to: '03:00' };

  test.each([
    {
      why: 'the repeated hour lies in the daypart the first time',
      start: '2026-10-25T02:30:00+02:00',
      first: '2026-10-25',
      has: 1,
    },
    { why: 'and the second time', start: '2026-10-25T02:30:00+01:00', first: '2026-10-25', has: 1 },
    {
      why: 'the hour after the skipped one does not',
      start: '2026-03-29T03:00:00+02:00',
      first: '2026-03-29',
      has: 0,
    },
    {
      why: 'a day of 25 hours ends at its own midnight',
      start: '2026-10-25T23:30:00+01:00',
      first: '2026-10-26',
      has: 0,
    },
  ])('$why', ({ start, first, has }) => {
    expect(judgeAt(start, first, secondHour).has).toBe(has);
  });
});

test('a day that the zone skipped owes nothing: Samoa had no 2011-12-30', () => {
  const table = createDayTable('Pacific/Apia', '2011-12-26', 7);
  const [from, to] = ['2011-12-26', '2012-01-01'];
  const log = createLogWriter(speakerA)
    .boot(table[0]?.startMs ?? 0, 'first')
    .beat(table.at(-1)?.endMs ?? 0).records;
  const verdictsUnder = (per: 'day' | 'week', minOccurrences: number) =>
    judged({
      ...inputOf(log, { table }),
      rules: [rule({ per, minOccurrences, from, to, versionFrom: from })],
      units: units.map((span) => ({ ...span, from })),
      speakers: [{ ...speaker(log), stays: [{ unit: villageA, from, to: null }] }],
    }).verdicts;
  expect(verdictsUnder('day', 1).map(({ verdict }) => verdict)).toEqual([
    ...['tooFew', 'tooFew', 'tooFew', 'tooFew'],
    ...['notDue', 'tooFew', 'tooFew'],
  ]);
  expect(verdictsUnder('week', 7)).toMatchObject([{ owed: 6 }]);
});
