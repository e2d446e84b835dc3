import { expect, test } from 'vitest';
import { plannedSessionId } from '#schemas/session.ts';
import { at, DAY, inputOf, judged, MINUTE, verdictOn } from './support/court.ts';
import { speakerA } from './support/ids.ts';
import { createLogWriter } from './support/log-writer.ts';

const session = plannedSessionId(at(0, '05:30'));
const halfHour = { session, fromMs: at(0, '05:30'), toMs: at(0, '06:00') };
const on = () => createLogWriter(speakerA).boot(at(-1, '20:00'), 'first');

test('the first anchor of a boot dates what sounded before it', () => {
  const log = createLogWriter(speakerA)
    .bootOnly(at(0, '05:00'))
    .item(halfHour)
    .anchor(at(0, '06:10'));
  expect(verdictOn(inputOf(log.beat(at(1, '00:00')).records)).verdict).toBe('met');
});

test('a later anchor dates only what comes after it', () => {
  const log = on()
    .item(halfHour)
    .anchor(at(3, '00:00'), at(0, '12:00'))
    .item({
      ...halfHour,
      session: plannedSessionId(at(3, '01:00')),
      fromMs: at(3, '01:00'),
      toMs: at(3, '01:30'),
    })
    .beat(at(4, '00:00'));
  const verdict = verdictOn(inputOf(log.records));
  expect(verdict.sessions[0]?.startedMs).toBe(at(0, '05:30'));
  expect(verdictOn(inputOf(log.records), 3).sessions[0]?.startedMs).toBe(at(3, '01:00'));
});

test('a moved anchor neither stretches, shrinks nor splits what sounded', () => {
  const parts = [
    { ...halfHour, toMs: at(0, '05:45') },
    { ...halfHour, fromMs: at(0, '06:45'), toMs: at(0, '07:00') },
  ] as const;
  const log = on()
    .item(parts[0])
    .anchor(at(0, '06:45'), at(0, '05:45'))
    .item(parts[1])
    .beat(at(1, '00:00'));
  expect(verdictOn(inputOf(log.records)).sessions[0]?.airtimeMs).toBe(30 * MINUTE);
});

test('nothing is dated across a missing number, until it comes', () => {
  const log = createLogWriter(speakerA)
    .bootOnly(at(0, '05:00'), 'first')
    .item(halfHour)
    .beat(at(0, '06:05'))
    .anchor(at(0, '06:10'))
    .beat(at(1, '00:00')).records;
  const without = log.filter(({ seq }) => seq !== 3);
  const verdict = verdictOn(inputOf(without));
  expect(verdict).toMatchObject({ verdict: 'unknown', has: 0, unknown: 'sessionUndated' });
  expect(verdict.sessions[0]?.reason).toBe('undated');
  expect(verdictOn(inputOf(log)).verdict).toBe('met');
});

test('a missing number before the first known anchor could be an earlier anchor: no date', () => {
  const log = createLogWriter(speakerA)
    .bootOnly(at(0, '05:00'), 'first')
    .skip()
    .item(halfHour)
    .anchor(at(0, '06:10'))
    .beat(at(1, '00:00')).records;
  expect(verdictOn(inputOf(log))).toMatchObject({ verdict: 'unknown', has: 0 });
});

test('the boot record itself may be what is missing: no date before the first known anchor', () => {
  const log = createLogWriter(speakerA)
    .bootOnly(at(0, '05:00'), 'first')
    .item(halfHour)
    .anchor(at(0, '06:10')).records;
  expect(verdictOn(inputOf(log)).has).toBe(1);
  expect(verdictOn(inputOf(log.slice(1))).has).toBe(0);
});

test('what stands after a missing number still earns by its own boot and anchor', () => {
  const log = on().skip().boot(at(0, '05:00')).item(halfHour).records;
  expect(verdictOn(inputOf(log)).verdict).toBe('met');
});

test('a missing number inside the day makes the day unknown, and no other day', () => {
  const log = on()
    .beat(at(0, '08:00'))
    .skip()
    .anchor(at(0, '10:00'))
    .beat(at(1, '00:00'))
    .beat(at(2, '00:00')).records;
  expect(verdictOn(inputOf(log), 0)).toMatchObject({ verdict: 'unknown', unknown: 'logMissing' });
  expect(verdictOn(inputOf(log), 1).verdict).toBe('tooFew');
});

test('a box without power leaves no gap: its next record completes the days, and says why', () => {
  const log = on()
    .beat(at(0, '04:00'))
    .boot(at(2, '09:00'), 'powerLoss')
    .beat(at(3, '00:00')).records;
  const planned = [session];
  const input = inputOf(log);
  const withPlan = { ...input, speakers: input.speakers.map((one) => ({ ...one, planned })) };
  expect(verdictOn(withPlan, 0)).toMatchObject({
    verdict: 'tooFew',
    sessions: [{ session, reason: 'speakerOff', cause: 'powerLoss', broadcasts: [] }],
  });
  expect(verdictOn(withPlan, 1).verdict).toBe('tooFew');
  expect(verdictOn(withPlan, 3).verdict).toBe('unknown');
});

test('an item cut by a power loss counts for the seconds that sounded', () => {
  const log = on()
    .item({ ...halfHour, toMs: at(0, '05:42:05'), outcome: 'part', reason: 'powerLoss' })
    .boot(at(0, '05:42:40'), 'powerLoss')
    .item({ ...halfHour, fromMs: at(0, '05:42:50'), toMs: at(0, '06:00:45') })
    .beat(at(1, '00:00')).records;
  const verdict = verdictOn(inputOf(log));
  expect(verdict.sessions[0]?.airtimeMs).toBe(30 * MINUTE);
  expect(verdict.verdict).toBe('met');
});

test('a boot that never had a trusted anchor earns nothing and leaves its days unknown', () => {
  const log = on()
    .beat(at(0, '20:00'))
    .bootOnly(at(1, '04:00'))
    .item({ ...halfHour, session: plannedSessionId(at(1, '05:30')) })
    .boot(at(2, '09:00'))
    .beat(at(3, '00:00'))
    .beat(at(4, '00:00')).records;
  const codes = [0, 1, 2, 3].map((day) => verdictOn(inputOf(log), day));
  expect(codes.map(({ verdict }) => verdict)).toEqual(['unknown', 'unknown', 'unknown', 'tooFew']);
  expect(codes[0]?.unknown).toBe('bootUndated');
});

test('a session named by a boot without a date makes its own day unknown, wherever that lies', () => {
  const log = on()
    .beat(at(1, '20:00'))
    .bootOnly(at(1, '21:00'))
    .refuse(at(1, '21:05'), session)
    .boot(at(1, '22:00'))
    .beat(at(2, '00:00')).records;
  expect(verdictOn(inputOf(log), 0)).toMatchObject({
    verdict: 'unknown',
    unknown: 'sessionUndated',
    sessions: [{ reason: 'refused', cause: 'clockUntrusted' }],
  });
});

test('a record followed by an earlier anchor in its boot does not prove that time passed', () => {
  const log = on().beat(at(1, '00:30')).anchor(at(0, '22:00'), at(1, '00:31')).records;
  expect(verdictOn(inputOf(log)).verdict).toBe('unknown');
  const later = on()
    .beat(at(1, '00:30'))
    .anchor(at(0, '22:00'), at(1, '00:31'))
    .beat(at(1, '00:00')).records;
  expect(verdictOn(inputOf(later)).verdict).toBe('tooFew');
});

test('a record dated after the instant of judging earns and proves nothing, and is reported', () => {
  const log = on().item(halfHour).beat(at(1, '00:00')).records;
  const input = inputOf(log, { nowMs: at(0, '06:00') - 1 });
  expect(verdictOn(input)).toMatchObject({
    verdict: 'pending',
    has: 0,
    sessions: [{ reason: 'afterInstant' }],
  });
  expect(judged(input).findings).toEqual([
    { code: 'recordAfterInstant', speaker: speakerA, seq: 3 },
    { code: 'recordAfterInstant', speaker: speakerA, seq: 4 },
  ]);
  expect(verdictOn(inputOf(log, { nowMs: at(0, '06:00') })).verdict).toBe('met');
});

test('a missing number just before midnight leaves the day after it unknown, too', () => {
  const log = on().beat(at(0, '23:00')).skip().boot(at(1, '00:00')).beat(at(2, '00:00')).records;
  expect([0, 1].map((day) => verdictOn(inputOf(log), day).verdict)).toEqual(['unknown', 'unknown']);
  const later = on().beat(at(1, '00:00')).skip().boot(at(2, '00:00')).beat(at(3, '00:00')).records;
  expect([0, 1].map((day) => verdictOn(inputOf(later), day).verdict)).toEqual([
    'tooFew',
    'unknown',
  ]);
});

test('a boot set to a wrong day before does not reopen a day that was closed', () => {
  const closed = () => on().beat(at(1, '00:00')).skip();
  const before = closed().boot(at(-1, '21:00')).boot(at(2, '09:00')).records;
  expect(verdictOn(inputOf(before)).verdict).toBe('tooFew');
  const inside = closed().boot(at(0, '21:00')).boot(at(2, '09:00')).records;
  expect(verdictOn(inputOf(inside)).verdict).toBe('unknown');
});

test('a record dated after the instant of judging does not close a day', () => {
  const log = on().beat(at(0, '23:00')).beat(at(1, '00:30')).records;
  const nowMs = at(1, '00:30');
  expect(verdictOn(inputOf(log, { nowMs: nowMs - 1 })).verdict).toBe('unknown');
  expect(verdictOn(inputOf(log, { nowMs })).verdict).toBe('tooFew');
});

test('two contents under one number end the log before them; equal repetitions do not matter', () => {
  const log = on().item(halfHour).beat(at(1, '00:00')).records;
  const [boot, clock, ended, beat] = log;
  if (boot === undefined || clock === undefined || ended === undefined || beat === undefined) {
    throw new Error('four records');
  }
  expect(verdictOn(inputOf([...log, ended])).verdict).toBe('met');
  const forged = { ...ended, posMs: ended.posMs + 1 };
  const input = inputOf([...log, forged]);
  expect(verdictOn(input)).toMatchObject({ verdict: 'unknown', has: 0, sessions: [] });
  expect(judged(input).findings).toEqual([{ code: 'sequenceConflict', speaker: speakerA, seq: 3 }]);
});

test('a heartbeat after midnight that names a session of the day does not close the day', () => {
  const late = plannedSessionId(at(0, '23:45'));
  const open = on().beat(at(1, '00:00'), late);
  expect(verdictOn(inputOf(open.records)).verdict).toBe('unknown');
  expect(verdictOn(inputOf(open.beat(at(1, '01:00')).records)).verdict).toBe('tooFew');
});

test('drills earn no airtime and prove nothing', () => {
  const drill = { ...halfHour, drill: true };
  const log = on().item(drill).beat(at(1, '00:00'));
  expect(verdictOn(inputOf(log.records))).toMatchObject({
    verdict: 'tooFew',
    sessions: [{ reason: 'drill', airtimeMs: 0 }],
  });
  const tuesday = plannedSessionId(at(1, '05:30'));
  const after = { session: tuesday, fromMs: at(1, '05:30'), toMs: at(1, '06:00'), drill: true };
  expect(verdictOn(inputOf(on().item(after).records)).verdict).toBe('unknown');
});

test('a log that begins with its first record proves that nothing sounded before', () => {
  const log = createLogWriter(speakerA).boot(at(0, '09:00'), 'first').beat(at(1, '00:00')).records;
  expect(verdictOn(inputOf(log)).verdict).toBe('tooFew');
  expect(verdictOn(inputOf(log.slice(1))).verdict).toBe('unknown');
});

test('an empty log is unknown on every day that is over', () => {
  const verdicts = judged(inputOf([], { nowMs: at(0, '00:00') + 2 * DAY })).verdicts;
  expect(verdicts.map(({ verdict }) => verdict)).toEqual([
    'unknown',
    'unknown',
    ...Array.from({ length: 5 }, () => 'pending'),
  ]);
});
