import { describe, expect, test } from 'vitest';
import type { LogRecord } from '#schemas/records/log-record.ts';
import { plannedSessionId } from '#schemas/session.ts';
import { at, inputOf, judged, MINUTE, verdictOn } from './support/court.ts';
import { speakerA } from './support/ids.ts';
import { createLogWriter } from './support/log-writer.ts';

const startMs = at(0, '05:30');
const session = plannedSessionId(startMs);
const halfHour = { session, fromMs: startMs, toMs: startMs + 30 * MINUTE };
const on = () => createLogWriter(speakerA).boot(at(-1, '20:00'), 'first');
const codesOf = (log: readonly LogRecord[], days = [0, 1]) =>
  days.map((day) => verdictOn(inputOf(log), day).verdict);

describe('a boot without a trusted clock', () => {
  test('after a sign of life at midnight leaves the day before it as it is', () => {
    const log = on()
      .beat(at(1, '00:00'))
      .bootOnly(at(1, '04:00'))
      .boot(at(2, '00:00'))
      .beat(at(4, '00:00')).records;
    expect(codesOf(log, [0, 1, 2, 3])).toEqual(['tooFew', 'unknown', 'unknown', 'tooFew']);
  });

  test('leaves the day before unknown when the last sign of life is a millisecond older', () => {
    const log = on()
      .beat(at(1, '00:00') - 1)
      .bootOnly(at(1, '04:00'))
      .boot(at(2, '00:00') - 1)
      .beat(at(4, '00:00')).records;
    expect(codesOf(log, [0, 1, 2, 3])).toEqual(['unknown', 'unknown', 'tooFew', 'tooFew']);
  });

  test('at the beginning of a log leaves all before its first trusted record unknown', () => {
    const log = createLogWriter(speakerA)
      .bootOnly(at(0, '04:00'), 'first')
      .boot(at(1, '09:00'))
      .beat(at(3, '00:00')).records;
    expect(codesOf(log, [0, 1, 2])).toEqual(['unknown', 'unknown', 'tooFew']);
  });

  test('at its end leaves all after its last trusted record unknown', () => {
    const log = on().beat(at(2, '00:00')).bootOnly(at(2, '04:00')).records;
    expect(codesOf(log, [0, 1, 2, 6])).toEqual(['tooFew', 'tooFew', 'unknown', 'unknown']);
  });

  test('several of them lie between the same neighbours', () => {
    const log = on()
      .beat(at(1, '00:00'))
      .bootOnly(at(1, '04:00'))
      .bootOnly(at(1, '05:00'))
      .boot(at(2, '09:00'))
      .beat(at(4, '00:00')).records;
    expect(codesOf(log, [0, 1, 2, 3])).toEqual(['tooFew', 'unknown', 'unknown', 'tooFew']);
  });

  test('between neighbours of which the later is dated earlier covers the time between them', () => {
    const log = on()
      .beat(at(3, '12:00'))
      .bootOnly(at(3, '13:00'))
      .boot(at(1, '12:00'))
      .beat(at(6, '00:00')).records;
    expect(codesOf(log, [0, 1, 2, 3, 4])).toEqual([
      'tooFew',
      'unknown',
      'unknown',
      'unknown',
      'tooFew',
    ]);
  });

  test('a session that it names makes unknown the day of its planned start, and no neighbour', () => {
    const naming = (startedMs: number) =>
      on()
        .beat(at(3, '00:00'))
        .bootOnly(at(3, '01:00'))
        .refuse(at(3, '01:05'), plannedSessionId(startedMs))
        .boot(at(3, '02:00'))
        .beat(at(6, '00:00')).records;
    expect(codesOf(naming(at(1, '00:00')), [0, 1, 2])).toEqual(['tooFew', 'unknown', 'tooFew']);
    expect(codesOf(naming(at(2, '00:00') - 1), [0, 1, 2])).toEqual(['tooFew', 'unknown', 'tooFew']);
  });

  test('the sessions that it names make each its own day unknown, in whatever order', () => {
    const writer = on().beat(at(6, '00:00')).bootOnly(at(6, '01:00'));
    for (const day of [5, 0, 3, 1])
      writer.refuse(at(6, '01:05'), plannedSessionId(at(day, '05:00')));
    const log = writer.boot(at(6, '02:00')).beat(at(7, '00:00')).records;
    expect(codesOf(log, [0, 1, 2, 3, 4, 5])).toEqual([
      'unknown',
      'unknown',
      'tooFew',
      'unknown',
      'tooFew',
      'unknown',
    ]);
  });

  test('is not reported as lying after the instant of judging', () => {
    const log = createLogWriter(speakerA).bootOnly(at(0, '05:00'), 'first').item(halfHour).records;
    expect(judged(inputOf(log)).findings).toEqual([]);
  });

  test('a heartbeat in it names its open session', () => {
    const log = on()
      .beat(at(3, '00:00'))
      .bootOnly(at(3, '01:00'))
      .beat(at(3, '01:05'), session)
      .boot(at(3, '02:00'))
      .beat(at(6, '00:00')).records;
    expect(codesOf(log, [0, 1])).toEqual(['unknown', 'tooFew']);
  });
});

describe('a day is closed', () => {
  const late = plannedSessionId(at(0, '23:45'));

  test('by a record at its very end, not by one a millisecond before', () => {
    expect(codesOf(on().beat(at(1, '00:00')).records, [0])).toEqual(['tooFew']);
    expect(codesOf(on().beat(at(1, '00:00') - 1).records, [0])).toEqual(['unknown']);
  });

  test('although the record names a session, when that is the next day’s', () => {
    const next = plannedSessionId(at(1, '00:00'));
    expect(codesOf(on().beat(at(1, '00:00'), next).records, [0])).toEqual(['tooFew']);
    const last = plannedSessionId(at(1, '00:00') - 1);
    expect(codesOf(on().beat(at(1, '00:00'), last).records, [0])).toEqual(['unknown']);
    const first = plannedSessionId(at(0, '00:00'));
    expect(codesOf(on().beat(at(1, '00:00'), first).records, [0])).toEqual(['unknown']);
  });

  test('not by what sounded or was refused of a session of the day itself', () => {
    const part = { session: late, fromMs: at(1, '00:01'), toMs: at(1, '00:02') };
    expect(codesOf(on().item(part).records, [0])).toEqual(['unknown']);
    expect(codesOf(on().refuse(at(1, '00:01'), late).records, [0])).toEqual(['unknown']);
    expect(codesOf(on().item(part).beat(at(1, '00:03')).records, [0])).toEqual(['tooShort']);
  });

  test('not by a later boot that was set to a day before it', () => {
    const log = on().beat(at(1, '00:00'), late).boot(at(-2, '21:00')).records;
    expect(codesOf(log, [0])).toEqual(['unknown']);
  });

  test('again once a restart with a clock before it has passed it, and not before', () => {
    const back = () => on().beat(at(2, '10:00')).boot(at(0, '12:00')).beat(at(0, '12:05'));
    expect(codesOf(back().records, [0, 1])).toEqual(['unknown', 'unknown']);
    expect(codesOf(back().beat(at(2, '00:00')).records, [0, 1])).toEqual(['tooFew', 'tooFew']);
    const holed = back().skip().boot(at(2, '00:00')).records;
    expect(codesOf(holed, [0, 1])).toEqual(['unknown', 'unknown']);
  });

  test('by an item of the next day, not by its drill', () => {
    const fromMs = at(1, '05:30');
    const next = { session: plannedSessionId(fromMs), fromMs, toMs: fromMs + MINUTE };
    expect(codesOf(on().item(next).records, [0])).toEqual(['tooFew']);
    expect(codesOf(on().item({ ...next, drill: true }).records, [0])).toEqual(['unknown']);
  });

  test('not by a record that an anchor after it puts back to before the day', () => {
    const log = on().beat(at(1, '00:30')).anchor(at(-1, '21:00'), at(1, '00:31')).records;
    expect(codesOf(log, [0])).toEqual(['unknown']);
  });

  test('not when the last that lies inside it is the last of all', () => {
    const log = on()
      .beat(at(2, '00:00'))
      .boot(at(3, '00:00'))
      .anchor(at(0, '12:00'), at(3, '00:01')).records;
    expect(codesOf(log, [0])).toEqual(['unknown']);
  });

  test('only after all that lies inside it', () => {
    const log = on().beat(at(2, '00:00')).boot(at(0, '12:00')).records;
    expect(codesOf(log, [0])).toEqual(['unknown']);
    const after = on().beat(at(2, '00:00')).boot(at(0, '12:00')).boot(at(1, '00:00')).records;
    expect(codesOf(after, [0])).toEqual(['tooFew']);
  });

  test('by what a log holds in front of it: a hole long before it does not matter', () => {
    const log = on().skip().beat(at(-1, '21:00')).anchor(at(-1, '22:00')).beat(at(2, '00:00'));
    expect(codesOf(log.records)).toEqual(['tooFew', 'tooFew']);
  });

  test('not across a hole in the middle of it, however many lie in other days', () => {
    const log = on()
      .beat(at(1, '00:00'))
      .skip()
      .boot(at(1, '12:00'))
      .skip()
      .boot(at(1, '18:00'))
      .beat(at(2, '00:00'))
      .beat(at(3, '00:00'))
      .skip()
      .boot(at(3, '06:00'))
      .beat(at(4, '00:00')).records;
    expect(codesOf(log, [0, 1, 2, 3])).toEqual(['tooFew', 'unknown', 'tooFew', 'unknown']);
  });
});
