import { describe, expect, test } from 'vitest';
import { extendLog, readLog } from '#core/airtime/as-run-log.ts';
import { plannedSessionId } from '#schemas/session.ts';
import { at, MINUTE } from './support/court.ts';
import { speakerA } from './support/ids.ts';
import { createLogWriter } from './support/log-writer.ts';

const nowMs = at(8, '00:00');
const startMs = at(0, '05:00');
const session = plannedSessionId(startMs);
/** A minute of the session, so many minutes after its start. */
const part = (minute: number) => ({
  session,
  fromMs: startMs + minute * MINUTE,
  toMs: startMs + (minute + 1) * MINUTE,
});
const urgent = (minute: number) => {
  const { fromMs, toMs } = part(minute);
  return { session: plannedSessionId(fromMs), fromMs, toMs, priority: 'emergency' as const };
};
type Writer = ReturnType<typeof createLogWriter>;
const bootAt = (minute: number) =>
  createLogWriter(speakerA).boot(startMs + minute * MINUTE, 'first');

/** The session before and after the last record of the log has arrived. */
const told = (writer: Writer, lateSeq = writer.records.length) => {
  const log = writer.records;
  const before = readLog(
    speakerA,
    log.filter(({ seq }) => seq !== lateSeq),
    nowMs,
  );
  const after = extendLog(before, log, nowMs);
  expect(after).toEqual(readLog(speakerA, log, nowMs));
  const of = (read: typeof before) => read.sessions.find((one) => one.session === session);
  return { before: of(before), after: of(after) };
};

describe('an emergency that becomes known', () => {
  test('between two parts of a session is told with it', () => {
    const { before, after } = told(bootAt(-9).item(part(0)).item(part(4)).item(urgent(2)));
    expect(before?.emergencies).toEqual([]);
    expect(after?.emergencies.map(({ record }) => record.seq)).toEqual([5]);
  });

  test('between two boots of a session is told with it', () => {
    const writer = bootAt(-9)
      .item(part(0))
      .boot(startMs + 2 * MINUTE);
    const { after } = told(
      writer
        .item(part(6))
        .boot(startMs + 8 * MINUTE)
        .item(part(9))
        .item(urgent(4)),
    );
    expect(after?.emergencies.map(({ record }) => record.seq)).toEqual([10]);
  });

  test.each<{ why: string; writer: Writer }>([
    { why: 'before it', writer: bootAt(-60).item(part(0)).item(part(4)).item(urgent(-30)) },
    { why: 'after it', writer: bootAt(-9).item(part(0)).item(part(4)).item(urgent(30)) },
    {
      why: 'up to its first instant',
      writer: bootAt(-9).item(part(0)).item(part(4)).item(urgent(-1)),
    },
    { why: 'from its last instant on', writer: bootAt(-9).item(part(0)).item(urgent(1)) },
    {
      why: 'in an earlier boot',
      writer: bootAt(-60)
        .boot(startMs - 5 * MINUTE)
        .item(part(0))
        .boot(startMs + 2 * MINUTE)
        .item(part(4))
        .boot(startMs + 9 * MINUTE)
        .item(urgent(30)),
    },
    {
      why: 'before what of it was heard, beside what was silent',
      writer: bootAt(-60)
        .item({ ...part(0), volume: 0 })
        .item(part(4))
        .item(urgent(-30)),
    },
    {
      why: 'before what of it is dated, beside what is not',
      writer: bootAt(-60)
        .bootOnly(startMs - MINUTE)
        .item(part(0))
        .boot(startMs + 3 * MINUTE)
        .item(part(4))
        .item(urgent(-30)),
    },
  ])('beside a session leaves it the same object: $why', ({ writer }) => {
    const { before, after } = told(writer);
    expect(before?.sounds.length).toBeGreaterThan(0);
    expect(after).toBe(before);
  });

  test('at its wall time in another boot leaves a session of one boot the same object', () => {
    const writer = bootAt(-9)
      .item(urgent(2))
      .boot(startMs - MINUTE)
      .item(part(0))
      .item(part(4));
    const [, , late] = writer.records;
    const { before, after } = told(writer, late?.seq);
    expect(after).toBe(before);
  });
});
