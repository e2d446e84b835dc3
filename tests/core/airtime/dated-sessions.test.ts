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

  test('what sounded in a boot after a missing number is dated by its first anchor', () => {
    const log = on().skip().bootOnly(at(0, '05:00')).item(halfHour).anchor(at(0, '06:10')).records;
    expect(verdictOn(inputOf(log))).toMatchObject({ verdict: 'met', has: 1 });
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

test('equal repetitions in a row count once, two contents in a row end the log before them', () => {
  const log = on().item(halfHour).beat(at(1, '00:00')).beat(at(2, '00:00')).records;
  const twice = log.flatMap((record) => [record, record]);
  expect(verdictOn(inputOf(twice)).sessions[0]?.broadcasts).toHaveLength(1);
  const forged = log.slice(-1).map((record) => ({ ...record, posMs: record.posMs + 1 }));
  const input = inputOf([...log, ...forged]);
  expect(codesOf(input.speakers[0]?.log ?? [])).toEqual(['met', 'unknown']);
  expect(judged(input).findings).toEqual([{ code: 'sequenceConflict', speaker: speakerA, seq: 5 }]);
});

test('a record of another speaker at the end of a log is left out and reported', () => {
  const log = on().item(halfHour).beat(at(0, '23:00')).records;
  const foreign = on().item(halfHour).beat(at(0, '23:00')).beat(at(1, '00:00')).records.slice(-1);
  const input = inputOf([...log, ...foreign.map((record) => ({ ...record, speaker: id(99) }))]);
  expect(judged(input).findings).toEqual([{ code: 'wrongSpeaker', speaker: speakerA, seq: 5 }]);
  expect(codesOf(input.speakers[0]?.log ?? [])).toEqual(['met', 'unknown']);
});

test('records of another speaker are left out and reported, whatever their number', () => {
  const log = on().item(halfHour).beat(at(1, '00:00')).records;
  const foreign = log.slice(2, 3).map((record) => ({ ...record, speaker: id(99), seq: 9 }));
  const input = inputOf([...foreign, ...log]);
  expect(verdictOn(input).verdict).toBe('met');
  expect(judged(input).findings).toEqual([{ code: 'wrongSpeaker', speaker: speakerA, seq: 9 }]);
});
