import { describe, expect, test } from 'vitest';
import { type AsRunLog, extendLog, readLog } from '#core/airtime/as-run-log.ts';
import { PART_NUMBERS as part } from '#core/airtime/boot-parts.ts';
import type { LogRecord } from '#schemas/records/log-record.ts';
import { plannedSessionId } from '#schemas/session.ts';
import { at, MINUTE } from './support/court.ts';
import { id, speakerA } from './support/ids.ts';
import { createLogWriter } from './support/log-writer.ts';

const nowMs = at(8, '00:00');
const item = (startMs: number, part = 0) => ({
  session: plannedSessionId(startMs),
  fromMs: startMs + part * MINUTE,
  toMs: startMs + (part + 1) * MINUTE,
});
const [first, second, third] = [at(0, '05:00'), at(1, '05:00'), at(2, '05:00')] as const;

/** Three boots of five records: boot, clock, two parts of a session, a sign of life. */
const log = createLogWriter(speakerA)
  .boot(at(-1, '20:00'), 'first')
  .item(item(first))
  .item(item(first, 1))
  .beat(at(0, '20:00'))
  .boot(at(1, '04:00'))
  .item(item(second))
  .item(item(second, 1))
  .beat(at(1, '20:00'))
  .boot(at(2, '04:00'))
  .item(item(third))
  .item(item(third, 1))
  .beat(at(2, '20:00')).records;

/** A boot of a little more than three parts, the clock set once more near its end. */
const last = 3 * part + 64;
const anchor = last - 20;
const lacking = (...seqs: number[]) => log.filter(({ seq }) => !seqs.includes(seq));
const only = (...seqs: number[]) => log.filter(({ seq }) => seqs.includes(seq));
const read = (records: readonly LogRecord[], instantMs = nowMs) =>
  readLog(speakerA, records, instantMs);
const sessionAt = (of: AsRunLog, startMs: number) =>
  of.sessions.find(({ plannedMs }) => plannedMs === startMs);
const lineOf = (of: AsRunLog, seq: number) =>
  of.boots.flatMap(({ lines }) => lines).find(({ record }) => record.seq === seq);

/** Which boots, and which sessions, of the log before are the same objects after. */
const kept = (before: AsRunLog, after: AsRunLog) => ({
  boots: after.boots.map((boot) => before.boots.includes(boot)),
  sessions: after.sessions.map((session) => before.sessions.includes(session)),
});

describe('a log to which records are added', () => {
  test('is itself when nothing is new', () => {
    const before = read(log);
    expect(extendLog(before, [], nowMs)).toBe(before);
    expect(extendLog(before, only(3, 7), nowMs)).toBe(before);
  });

  test.each([
    { why: 'inside the first boot', late: [3], boots: [false, true, true] },
    { why: 'inside the second', late: [8], boots: [true, false, true] },
    { why: 'at the end of the last', late: [15], boots: [true, true, false] },
    {
      why: 'before the next boot, whose beginning is then joined on',
      late: [5],
      boots: [false, false, true],
    },
    { why: 'at the beginning of a boot', late: [6], boots: [true, false, true] },
    { why: 'in two boots', late: [4, 14], boots: [false, true, false] },
  ])('keeps the boots that it does not touch: a record $why', ({ late, boots }) => {
    const before = read(lacking(...late));
    const after = extendLog(before, only(...late), nowMs);
    expect(kept(before, after).boots).toEqual(boots);
    expect(after).toEqual(read(log));
  });

  test('keeps the sessions that are told as before, of the boot that is touched, too', () => {
    const before = read(lacking(10));
    const after = extendLog(before, only(10), nowMs);
    expect(kept(before, after)).toEqual({
      boots: [true, false, false],
      sessions: [true, true, true],
    });
    expect(sessionAt(after, second)).toBe(sessionAt(before, second));
  });

  test('tells anew the session that has one more part, and no other', () => {
    const before = read(lacking(9));
    const after = extendLog(before, only(9), nowMs);
    expect(kept(before, after).sessions).toEqual([true, false, true]);
    expect(sessionAt(after, second)?.sounds).toHaveLength(2);
    expect(lineOf(after, 8)).toBe(lineOf(before, 8));
    expect(lineOf(after, 6)).toBe(lineOf(before, 6));
  });

  test('makes anew only the lines of a boot that say something else', () => {
    const before = read(lacking(7));
    const after = extendLog(before, only(7), nowMs);
    expect(lineOf(after, 6)).not.toBe(lineOf(before, 6));
    expect(lineOf(after, 8)).toMatchObject({ holeBefore: false });
    expect(lineOf(before, 8)).toMatchObject({ holeBefore: true, offsetMs: null });
    const again = read(lacking(10));
    expect(lineOf(extendLog(again, only(10), nowMs), 8)).toBe(lineOf(again, 8));
  });

  test.each([
    {
      why: 'a beat that dates some',
      late: part + 88,
      hole: 2 * part + 40,
      kept: [true, false, false, true],
    },
    { why: 'a beat just before a hole', late: 20, hole: 40, kept: [false, true, true, true] },
    { why: 'the last record', late: last, hole: 2 * part + 40, kept: [true, true, true, false] },
    {
      why: 'an anchor set after them',
      late: anchor,
      hole: 2 * part + 40,
      kept: [true, true, true, false],
    },
  ])(
    'keeps the parts of a long boot that it does not touch: $why',
    ({ late, hole, kept: parts }) => {
      const writer = createLogWriter(speakerA).boot(at(0, '00:00'), 'first');
      for (let seq = 3; seq <= last; seq += 1) {
        const ms = at(0, '00:00') + seq * MINUTE;
        if (seq === anchor) writer.anchor(ms);
        else writer.beat(ms);
      }
      const all = writer.records.filter(({ seq }) => seq !== hole);
      const before = read(all.filter(({ seq }) => seq !== late));
      const after = extendLog(before, writer.records.slice(late - 1, late), nowMs);
      expect(kept(before, after).boots).toEqual(parts);
      expect(after).toEqual(read(all));
    },
  );

  test('keeps a boot behind a number that stays missing', () => {
    const before = read(lacking(3, 5));
    expect(kept(before, extendLog(before, only(3), nowMs)).boots).toEqual([false, true, true]);
  });

  test('dates anew what a late anchor dates, a drill among it, and what it makes doubtful', () => {
    const drill = createLogWriter(speakerA)
      .boot(at(0, '04:00'), 'first')
      .item({ ...item(first), drill: true })
      .beat(at(0, '06:00'))
      .anchor(at(0, '05:30'), at(0, '06:01')).records;
    for (const late of drill) {
      const before = read(drill.filter((record) => record !== late));
      expect(extendLog(before, [late], nowMs)).toEqual(read(drill));
    }
  });

  test('tells anew a session that was refused once more', () => {
    const writer = createLogWriter(speakerA)
      .boot(at(-1, '20:00'), 'first')
      .refuse(first, item(first).session);
    const before = read([...writer.records]);
    const after = extendLog(before, writer.refuse(first + 1, item(first).session).records, nowMs);
    expect(sessionAt(after, first)?.refusals).toHaveLength(2);
  });

  test('is as if all had been there, when a record of another boot divides one', () => {
    const dividing = only(8).map((record) => ({ ...record, boot: id(990) }));
    const before = read(lacking(8));
    const after = extendLog(before, dividing, nowMs);
    expect(after).toEqual(read([...lacking(8), ...dividing]));
    expect(after.boots.map(({ lines }) => lines.length)).toEqual([5, 2, 1, 2, 5]);
    expect(kept(before, after).boots).toEqual([true, false, false, false, true]);
  });

  test('is as if all had been there, whatever comes last', () => {
    for (const late of log) {
      const after = extendLog(read(log.filter((one) => one !== late)), [late], nowMs);
      expect(after).toEqual(read(log));
    }
  });

  test('joins the parts that several boots hold of one session, in the order of the log', () => {
    const parts = createLogWriter(speakerA)
      .boot(at(0, '04:00'), 'first')
      .item(item(first))
      .refuse(first + MINUTE, item(first).session)
      .boot(first + 2 * MINUTE)
      .item(item(first, 3))
      .refuse(first + 5 * MINUTE, item(first).session).records;
    const session = sessionAt(extendLog(read(parts.slice(0, 3)), parts, nowMs), first);
    expect(session?.sounds.map(({ record }) => record.seq)).toEqual([3, 7]);
    expect(session?.refusals.map(({ seq }) => seq)).toEqual([4, 8]);
  });
});

describe('a log that contradicts itself', () => {
  const other = (...seqs: number[]) =>
    only(...seqs).map((one) => ({ ...one, posMs: one.posMs + 7 }));

  test('ends before a number that comes with two contents at once', () => {
    const before = read(log.slice(0, 14));
    const after = extendLog(before, [...only(15), ...other(15)], nowMs);
    expect(after.findings).toEqual([{ code: 'sequenceConflict', speaker: speakerA, seq: 15 }]);
    expect(after.order.records).toHaveLength(14);
    expect(extendLog(after, only(15), nowMs)).toBe(after);
  });

  test('keeps what came before the contradiction, and ends earlier at an earlier one', () => {
    const after = extendLog(read(log), other(12), nowMs);
    expect(after).toEqual(read([...log, ...other(12)]));
    expect(after.order.records.map(({ seq }) => seq)).toEqual(
      log.slice(0, 11).map(({ seq }) => seq),
    );
    const earlier = extendLog(after, other(8, 14), nowMs);
    expect(earlier.order.records).toHaveLength(7);
    expect(earlier.findings).toEqual([{ code: 'sequenceConflict', speaker: speakerA, seq: 8 }]);
  });

  test('goes on saying which records were another speaker’s, each once, by number', () => {
    const foreign = (...seqs: number[]) =>
      only(...seqs).map((one) => ({ ...one, speaker: id(99) }));
    const once = extendLog(read(log), foreign(9), nowMs);
    expect(once.findings).toEqual([{ code: 'wrongSpeaker', speaker: speakerA, seq: 9 }]);
    const more = extendLog(extendLog(once, other(12), nowMs), foreign(9, 4, 14), nowMs);
    expect(more.findings.map(({ code, seq }) => [code, seq])).toEqual([
      ['wrongSpeaker', 4],
      ['wrongSpeaker', 9],
      ['sequenceConflict', 12],
      ['wrongSpeaker', 14],
    ]);
    const grown = extendLog(extendLog(read(log.slice(0, 14)), foreign(9), nowMs), log, nowMs);
    expect(grown.findings).toEqual(once.findings);
  });
});

describe('a log that is asked at another instant', () => {
  test('keeps all its boots when nothing of them lay after the earlier one', () => {
    const before = read(log);
    const after = extendLog(before, [], nowMs + MINUTE);
    expect(after).not.toBe(before);
    expect(kept(before, after)).toEqual({
      boots: [true, true, true],
      sessions: [true, true, true],
    });
  });

  test('dates anew the boots of which something did', () => {
    const before = read(log, second);
    expect(before.findings).not.toEqual([]);
    const after = extendLog(before, [], nowMs);
    expect(after).toEqual(read(log));
    expect(kept(before, after).boots).toEqual([true, false, false]);
  });

  test('is at an earlier instant as if it had been asked then', () => {
    const after = extendLog(read(log), [], second);
    expect(after).toEqual(read(log, second));
    expect(after.findings.map(({ seq }) => seq)).toEqual([8, 9, 10, 11, 12, 13, 14, 15]);
  });
});
