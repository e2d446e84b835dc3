import { expect, test } from 'vitest';
import { plannedSessionId } from '#schemas/session.ts';
import { at, inputOf, rule, speaker, verdictOn } from './support/court.ts';
import { speakerA } from './support/ids.ts';
import { createLogWriter } from './support/log-writer.ts';

const session = plannedSessionId(at(0, '05:30'));

/** On from Sunday evening; the caller adds what sounds, then `through` ends Monday. */
const started = () => createLogWriter(speakerA).boot(at(-1, '20:00'), 'first');
const aired = (minutes: number) =>
  started().item({ session, fromMs: at(0, '05:30'), toMs: at(0, '05:30') + minutes * 60_000 });

test('thirty minutes once meet a rule of thirty minutes once a day, with the records to show', () => {
  const verdict = verdictOn(inputOf(aired(30).beat(at(1, '00:00')).records));
  expect(verdict).toMatchObject({
    verdict: 'met',
    owed: 1,
    has: 1,
    shortfall: { occurrences: 0, seconds: 0 },
    unknown: null,
  });
  expect(verdict.sessions).toEqual([
    {
      session,
      plannedMs: at(0, '05:30'),
      startedMs: at(0, '05:30'),
      timing: 'onTime',
      airtimeMs: 1_800_000,
      qualifies: true,
      counted: true,
      reason: null,
      cause: null,
      broadcasts: [
        expect.objectContaining({ seq: 3, audibleMs: 1_800_000, counts: true, inRun: true }),
      ],
      refusals: [],
    },
  ]);
});

test('a day without a session, complete, is tooFew and lacks all of it', () => {
  const verdict = verdictOn(inputOf(started().beat(at(1, '00:00')).records));
  expect(verdict).toMatchObject({
    verdict: 'tooFew',
    has: 0,
    shortfall: { occurrences: 1, seconds: 1800 },
  });
});

test('a session that is too short says so, and how many seconds are missing, rounded up', () => {
  const log = started()
    .item({ session, fromMs: at(0, '05:30'), toMs: at(0, '05:54:09.999'), reason: 'stopped' })
    .beat(at(1, '00:00')).records;
  const verdict = verdictOn(inputOf(log));
  expect(verdict).toMatchObject({
    verdict: 'tooShort',
    shortfall: { occurrences: 1, seconds: 351 },
    sessions: [{ reason: 'tooShort', cause: 'stopped' }],
  });
});

test('minutes have no tolerance: one millisecond less is too short', () => {
  const log = started()
    .item({ session, fromMs: at(0, '05:30'), toMs: at(0, '06:00') - 1 })
    .beat(at(1, '00:00')).records;
  expect(verdictOn(inputOf(log))).toMatchObject({
    verdict: 'tooShort',
    shortfall: { seconds: 1 },
  });
});

test('a rule without minutes takes any airtime above zero, and none is tooFew', () => {
  const rules = [rule({ minMinutes: null })];
  const some = started().item({ session, fromMs: at(0, '05:30'), toMs: at(0, '05:30') + 1 });
  expect(verdictOn(inputOf(some.beat(at(1, '00:00')).records, { rules })).verdict).toBe('met');
  const none = started().beat(at(1, '00:00'));
  expect(verdictOn(inputOf(none.records, { rules }))).toMatchObject({
    verdict: 'tooFew',
    shortfall: { occurrences: 1, seconds: 0 },
  });
});

test('a period that is not over is pending, and met as soon as it has enough', () => {
  const nowMs = at(0, '12:00');
  const input = (minutes: number) =>
    inputOf(aired(minutes).beat(at(0, '07:00')).records, { nowMs });
  expect(verdictOn(input(20))).toMatchObject({
    verdict: 'pending',
    shortfall: { occurrences: 1, seconds: 600 },
  });
  expect(verdictOn(input(30)).verdict).toBe('met');
});

test('a day that the log does not reach over is unknown, never missed', () => {
  expect(verdictOn(inputOf(started().beat(at(0, '23:00')).records))).toMatchObject({
    verdict: 'unknown',
    unknown: 'logMissing',
  });
});

test('a day whose last session may still go on after midnight is unknown until a record says otherwise', () => {
  const late = plannedSessionId(at(0, '23:50'));
  const cut = () => started().item({ session: late, fromMs: at(0, '23:50'), toMs: at(1, '00:02') });
  const urgent = { session: plannedSessionId(at(1, '00:02')), priority: 'emergency' } as const;
  const sentOut = cut().item({ ...urgent, fromMs: at(1, '00:02'), toMs: at(1, '00:03') });
  const moved = cut().anchor(at(1, '00:03'));
  const refused = cut().refuse(at(1, '00:03'), plannedSessionId(at(1, '00:01')));
  const off = cut().boot(at(3, '00:05'));
  for (const writer of [sentOut, moved, refused, off]) {
    const open = inputOf(writer.records);
    expect(verdictOn(open)).toMatchObject({ verdict: 'unknown', unknown: 'logMissing' });
    const goneOn = [...writer.records];
    writer.item({ session: late, fromMs: at(3, '00:06'), toMs: at(3, '00:07') });
    expect(verdictOn(inputOf(writer.records)).verdict).toBe('unknown');
    writer.beat(at(3, '01:00'));
    expect(verdictOn(inputOf(writer.records)).verdict).toBe('tooShort');
    expect(verdictOn(inputOf(goneOn), 1).verdict).toBe(writer === off ? 'tooFew' : 'unknown');
  }
});

test('a record of a time after the instant of judging does not say that a session is over', () => {
  const late = plannedSessionId(at(0, '23:50'));
  const cut = started().item({ session: late, fromMs: at(0, '23:50'), toMs: at(1, '00:02') });
  const ahead = cut.boot(at(30, '00:00')).beat(at(30, '01:00'));
  const setBack = ahead.boot(at(1, '00:05'));
  expect(verdictOn(inputOf(setBack.records)).verdict).toBe('unknown');
  setBack.beat(at(1, '01:00'));
  expect(verdictOn(inputOf(setBack.records)).verdict).toBe('tooShort');
});

test('what is still unknown when the week is locked is unproven, and a late record may meet it', () => {
  const heads = [{ speaker: speakerA, seq: 2 }];
  const locks = [{ week: '2026-03-02', lockedMs: at(7, '08:00'), heads }];
  const missing = started().beat(at(0, '23:00'));
  expect(verdictOn(inputOf(missing.records, { locks })).verdict).toBe('unproven');
  const late = aired(30).beat(at(0, '23:00'));
  expect(verdictOn(inputOf(late.records, { locks }))).toMatchObject({ verdict: 'met', late: true });
});

test('what was met when the week was locked is not shown as late', () => {
  const heads = [{ speaker: speakerA, seq: 3 }];
  const locks = [{ week: '2026-03-02', lockedMs: at(7, '08:00'), heads }];
  const log = aired(30).beat(at(1, '00:00')).records;
  expect(verdictOn(inputOf(log, { locks }))).toMatchObject({ verdict: 'met', late: false });
});

test('a lock after the instant of judging is not looked at', () => {
  const locks = [{ week: '2026-03-02', lockedMs: at(8, '00:00') + 1, heads: [] }];
  const log = started().beat(at(0, '23:00')).records;
  expect(verdictOn(inputOf(log, { locks })).verdict).toBe('unknown');
});

test('an accepted excuse shows as excused, but does not hide what was aired', () => {
  const excuses = [
    {
      id: '00000000-0000-7000-8000-000000000077',
      rule: rule().id,
      speaker: speakerA,
      periodFrom: '2026-03-02',
      reason: 'mất điện',
      acceptedMs: at(1, '08:00'),
    },
  ];
  const none = started().beat(at(1, '00:00')).records;
  expect(verdictOn(inputOf(none, { excuses }))).toMatchObject({
    verdict: 'excused',
    excuse: excuses[0]?.id,
  });
  expect(verdictOn(inputOf(none, { excuses }), 1).verdict).not.toBe('excused');
  const enough = aired(30).beat(at(1, '00:00')).records;
  expect(verdictOn(inputOf(enough, { excuses })).verdict).toBe('met');
});

test('nothing is due on weekdays that the rule does not list, nor outside the stay', () => {
  const log = started().beat(at(1, '00:00')).records;
  const tuesdays = [rule({ weekdays: [2] })];
  expect(verdictOn(inputOf(log, { rules: tuesdays })).verdict).toBe('notDue');
  const enrolledToday = {
    ...speaker(log),
    stays: [{ unit: rule().unit, from: '2026-03-03', to: '2026-03-04' }],
  };
  const input = inputOf(log, { speakers: [enrolledToday] });
  expect(() => verdictOn(input, 0)).toThrow('no verdict');
  expect(verdictOn(input, 1).verdict).toBe('unknown');
  expect(() => verdictOn(input, 3)).toThrow('no verdict');
});

test('a session outside the dayparts does not count, and the reason says so', () => {
  const rules = [rule({ dayparts: [{ from: '17:00', to: '18:30' }] })];
  const log = aired(30).beat(at(1, '00:00')).records;
  expect(verdictOn(inputOf(log, { rules }))).toMatchObject({
    verdict: 'tooFew',
    sessions: [{ reason: 'outsideDayparts', airtimeMs: 1_800_000 }],
  });
});
