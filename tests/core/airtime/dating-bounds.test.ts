import { describe, expect, test } from 'vitest';
import type { LogRecord } from '#schemas/records/log-record.ts';
import { handSessionId, plannedSessionId } from '#schemas/session.ts';
import { at, inputOf, judged, MINUTE, SECOND, verdictOn } from './support/court.ts';
import { id, otherCampaign, speakerA } from './support/ids.ts';
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

describe('dates', () => {
  test('a second boot record begins a new boot, even under the same id', () => {
    const [boot, clock] = on().records;
    const log = createLogWriter(speakerA)
      .boot(at(-1, '20:00'), 'first')
      .beat(at(0, '05:00'))
      .bootOnly(at(0, '05:10'))
      .item(halfHour).records;
    if (boot === undefined || clock === undefined) throw new Error('a boot');
    const same = log.map((record) => ({ ...record, boot: boot.boot }));
    expect(verdictOn(inputOf(same))).toMatchObject({ verdict: 'unknown', has: 0 });
    expect(verdictOn(inputOf(same)).sessions).toMatchObject([{ reason: 'undated' }]);
  });

  test('records of two boots without a boot record between them are two boots', () => {
    const log = on().item(halfHour).beat(at(1, '00:00')).records;
    const other = log.map((record) => (record.seq < 3 ? record : { ...record, boot: id(990) }));
    expect(verdictOn(inputOf(other))).toMatchObject({ verdict: 'unknown', has: 0 });
  });

  test('an item that ends after the instant of judging is after it, however early it was written', () => {
    const log = on().item({ ...halfHour, writtenMs: startMs + MINUTE }).records;
    const early = inputOf(log, { nowMs: startMs + 2 * MINUTE });
    expect(verdictOn(early)).toMatchObject({ has: 0, sessions: [{ reason: 'afterInstant' }] });
    expect(judged(early).findings).toMatchObject([{ code: 'recordAfterInstant', seq: 3 }]);
    expect(verdictOn(inputOf(log, { nowMs: halfHour.toMs })).has).toBe(1);
  });

  test('an item that was written after the instant of judging is after it, too', () => {
    const log = on().item({ ...halfHour, writtenMs: halfHour.toMs + SECOND }).records;
    expect(verdictOn(inputOf(log, { nowMs: halfHour.toMs + SECOND - 1 })).has).toBe(0);
    expect(verdictOn(inputOf(log, { nowMs: halfHour.toMs + SECOND })).has).toBe(1);
  });

  test('a position that the anchor names need not be that of its own record', () => {
    const log = createLogWriter(speakerA)
      .bootOnly(at(0, '05:00'), 'first')
      .item(halfHour)
      .anchor(at(0, '07:00'), at(0, '06:00'))
      .beat(at(1, '00:00')).records;
    const measured = log.map((record) =>
      record.kind === 'clock' ? { ...record, posMs: record.posMs + 5 * MINUTE } : record,
    );
    expect(verdictOn(inputOf(measured)).sessions).toMatchObject([
      { startedMs: startMs + 60 * MINUTE, timing: 'late' },
    ]);
  });
});

describe('sessions', () => {
  test('of one planned start stand in the order of their ids', () => {
    const ids = [`m-${startMs}`, handSessionId(startMs, id(70)), session];
    const writer = on();
    for (const [index, name] of ids.entries()) {
      const fromMs = startMs + index * MINUTE;
      writer.item({ session: name, fromMs, toMs: fromMs + MINUTE });
    }
    const { sessions } = verdictOn(inputOf(writer.beat(at(1, '00:00')).records));
    expect(sessions.map((one) => one.session)).toEqual(ids.toSorted());
  });

  test('what a speaker refused beside any session is no session', () => {
    const log = on()
      .refuse(startMs, session)
      .beat(at(1, '00:00'))
      .records.map((record) =>
        record.kind === 'refused' ? { ...record, session: null, what: 'pointer' as const } : record,
      );
    expect(verdictOn(inputOf(log))).toMatchObject({ verdict: 'tooFew', sessions: [] });
  });

  test('that a log writes across others are each whole', () => {
    const hand = handSessionId(startMs + 10 * MINUTE, id(70));
    const log = on()
      .item({ ...halfHour, toMs: startMs + 10 * MINUTE })
      .item({
        session: hand,
        fromMs: startMs + 10 * MINUTE,
        toMs: startMs + 11 * MINUTE,
        campaigns: [otherCampaign],
      })
      .item({ ...halfHour, fromMs: startMs + 11 * MINUTE })
      .beat(at(1, '00:00')).records;
    const { sessions } = verdictOn(inputOf(log));
    expect(sessions.map(({ airtimeMs, reason }) => [airtimeMs / MINUTE, reason])).toEqual([
      [29, 'tooShort'],
      [0, 'otherContent'],
    ]);
  });
});

test('records of another speaker are left out and reported, whatever their number', () => {
  const log = on().item(halfHour).beat(at(1, '00:00')).records;
  const foreign = log.slice(2, 3).map((record) => ({ ...record, speaker: id(99), seq: 9 }));
  const input = inputOf([...foreign, ...log]);
  expect(verdictOn(input).verdict).toBe('met');
  expect(judged(input).findings).toEqual([{ code: 'wrongSpeaker', speaker: speakerA, seq: 9 }]);
});
