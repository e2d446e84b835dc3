import { expect, test } from 'vitest';
import { plannedSessionId } from '#schemas/session.ts';
import { at, inputOf, MINUTE, SECOND, verdictOn } from './support/court.ts';
import { speakerA } from './support/ids.ts';
import { createLogWriter } from './support/log-writer.ts';

const startMs = at(0, '05:30');
const session = plannedSessionId(startMs);

test('a moved anchor splits no run whose gap is small by position', () => {
  const log = createLogWriter(speakerA)
    .boot(at(-1, '20:00'), 'first')
    .item({ session, fromMs: startMs, toMs: startMs + MINUTE })
    .anchor(startMs + 61 * MINUTE, startMs + MINUTE)
    .item({
      session,
      fromMs: startMs + 61 * MINUTE + 60 * SECOND,
      toMs: startMs + 63 * MINUTE,
    })
    .beat(at(1, '00:00'));
  expect(verdictOn(inputOf(log.records)).sessions[0]?.airtimeMs).toBe(2 * MINUTE);
});

test('of two equal runs the earlier is the occurrence', () => {
  const log = createLogWriter(speakerA)
    .boot(at(-1, '20:00'), 'first')
    .item({ session, fromMs: startMs, toMs: startMs + MINUTE })
    .item({ session, fromMs: startMs + 5 * MINUTE, toMs: startMs + 6 * MINUTE })
    .beat(at(1, '00:00'));
  const [found] = verdictOn(inputOf(log.records)).sessions;
  expect(found?.broadcasts.map(({ inRun }) => inRun)).toEqual([true, false]);
});

test('of two equal runs of one boot the earlier is the occurrence, also when the clock was set back', () => {
  const log = createLogWriter(speakerA)
    .boot(at(-1, '20:00'), 'first')
    .item({ session, fromMs: startMs, toMs: startMs + MINUTE })
    .anchor(startMs - 60 * MINUTE, startMs + MINUTE)
    .item({ session, fromMs: startMs - 55 * MINUTE, toMs: startMs - 54 * MINUTE })
    .beat(at(1, '00:00'));
  const [found] = verdictOn(inputOf(log.records)).sessions;
  expect(found?.broadcasts.map(({ inRun }) => inRun)).toEqual([true, false]);
});

test('of two equal runs the one that begins earlier in the log is the occurrence, over boots and clocks', () => {
  const minuteAt = (minute: number, minutes = 1) => {
    const fromMs = startMs + minute * MINUTE;
    return { session, fromMs, toMs: fromMs + minutes * MINUTE };
  };
  const log = createLogWriter(speakerA)
    .boot(at(-1, '20:00'), 'first')
    .anchor(startMs + 180 * MINUTE, startMs)
    .item(minuteAt(180))
    .anchor(startMs, startMs + 200 * MINUTE)
    .item(minuteAt(0, 3))
    .anchor(startMs + 90 * MINUTE, startMs + 20 * MINUTE)
    .item(minuteAt(90))
    .boot(startMs + 91 * MINUTE)
    .item(minuteAt(91))
    .beat(at(1, '00:00'));
  const [found] = verdictOn(inputOf(log.records)).sessions;
  expect(found?.airtimeMs).toBe(3 * MINUTE);
  expect(found?.broadcasts.map(({ inRun }) => inRun)).toEqual([true, false, true, true]);
});

test('a broadcast of which a part lies in the occurrence is shown in it', () => {
  const log = createLogWriter(speakerA)
    .boot(at(-1, '20:00'), 'first')
    .item({
      session,
      fromMs: startMs,
      toMs: startMs + 10 * MINUTE,
      audible: [
        { fromMs: startMs, toMs: startMs + MINUTE },
        { fromMs: startMs + 5 * MINUTE, toMs: startMs + 10 * MINUTE },
      ],
    })
    .beat(at(1, '00:00'));
  expect(verdictOn(inputOf(log.records)).sessions).toMatchObject([
    { airtimeMs: 5 * MINUTE, broadcasts: [{ inRun: true, audibleMs: 6 * MINUTE }] },
  ]);
});

test('an occurrence over several boots shows what lies in each, and nothing of a later one', () => {
  const writer = createLogWriter(speakerA);
  for (const minute of [0, 2, 4, 30]) {
    const fromMs = startMs + minute * MINUTE + 5 * SECOND;
    writer.boot(startMs + minute * MINUTE - (minute === 0 ? MINUTE : 0));
    writer.item({
      session,
      fromMs,
      toMs: fromMs + 85 * SECOND - (minute === 30 ? 60 * SECOND : 0),
    });
  }
  const [found] = verdictOn(inputOf(writer.beat(at(1, '00:00')).records)).sessions;
  expect(found?.airtimeMs).toBe(3 * 85 * SECOND);
  expect(found?.broadcasts.map(({ inRun }) => inRun)).toEqual([true, true, true, false]);
});
