import { describe, expect, test } from 'vitest';
import { plannedSessionId } from '#schemas/session.ts';
import { at, HOUR, inputOf, MINUTE, SECOND, verdictOn } from './support/court.ts';
import { speakerA } from './support/ids.ts';
import { createLogWriter } from './support/log-writer.ts';

const startMs = at(0, '05:30');
const session = plannedSessionId(startMs);

const acrossBoots = (bootMs: number, resumedMs: number): number => {
  const log = createLogWriter(speakerA)
    .boot(at(-1, '20:00'), 'first')
    .item({ session, fromMs: startMs, toMs: startMs + MINUTE, reason: 'powerLoss' })
    .boot(bootMs)
    .item({ session, fromMs: resumedMs, toMs: resumedMs + MINUTE })
    .beat(at(1, '00:00'));
  return verdictOn(inputOf(log.records)).sessions[0]?.airtimeMs ?? -1;
};

describe('between two boots', () => {
  test.each([
    { why: 'a gap of the bound joins', gapMs: 60_000, airtimeMs: 2 * MINUTE },
    { why: 'a longer one splits', gapMs: 60_001, airtimeMs: MINUTE },
    {
      why: 'wall times that overlap are no gap and both boots earn',
      gapMs: -5000,
      airtimeMs: 2 * MINUTE,
    },
  ])('$why', ({ gapMs, airtimeMs }) => {
    const resumedMs = startMs + MINUTE + gapMs;
    expect(acrossBoots(resumedMs, resumedMs)).toBe(airtimeMs);
  });

  test('what one item adds to another is where the gap begins', () => {
    const log = createLogWriter(speakerA)
      .boot(at(-1, '20:00'), 'first')
      .item({ session, fromMs: startMs, toMs: startMs + MINUTE })
      .item({ session, fromMs: startMs + MINUTE / 2, toMs: startMs + 2 * MINUTE })
      .boot(startMs + 3 * MINUTE)
      .item({ session, fromMs: startMs + 3 * MINUTE, toMs: startMs + 4 * MINUTE })
      .beat(at(1, '00:00'));
    expect(verdictOn(inputOf(log.records)).sessions[0]?.airtimeMs).toBe(3 * MINUTE);
  });

  test.each([
    { why: 'a boot that goes on at once', laterMs: 3 * MINUTE, airtimeMs: 6 * MINUTE },
    { why: 'a boot that begins long after', laterMs: 30 * MINUTE, airtimeMs: 3 * MINUTE },
  ])(
    'what sounded in the pauses of another item joins its parts: $why',
    ({ laterMs, airtimeMs }) => {
      const parted = (from: number) => ({
        session,
        fromMs: startMs + from * MINUTE,
        toMs: startMs + (from + 3) * MINUTE,
        audible: [from, from + 2].map((part) => ({
          fromMs: startMs + part * MINUTE,
          toMs: startMs + (part + 1) * MINUTE,
        })),
      });
      const between = (from: number) => ({
        session,
        fromMs: startMs + (from + 1) * MINUTE,
        toMs: startMs + (from + 2) * MINUTE,
      });
      const log = createLogWriter(speakerA)
        .boot(at(-1, '20:00'), 'first')
        .item(parted(0))
        .item(between(0))
        .boot(startMs + laterMs)
        .item(parted(laterMs / MINUTE))
        .item(between(laterMs / MINUTE))
        .beat(at(1, '00:00'));
      expect(verdictOn(inputOf(log.records)).sessions[0]?.airtimeMs).toBe(airtimeMs);
    },
  );

  test('what sounded inside another item takes nothing of its beginning', () => {
    const minutes = (...parts: [number, number][]) => ({
      session,
      fromMs: startMs,
      toMs: startMs + 9 * MINUTE,
      audible: parts.map(([from, to]) => ({
        fromMs: startMs + from * MINUTE,
        toMs: startMs + to * MINUTE,
      })),
    });
    const log = createLogWriter(speakerA)
      .boot(at(-1, '20:00'), 'first')
      .item(minutes([0, 1], [4, 9]))
      .item(minutes([2, 3]))
      .item(minutes([5, 6]))
      .beat(at(1, '00:00'));
    expect(verdictOn(inputOf(log.records)).sessions[0]?.airtimeMs).toBe(7 * MINUTE);
  });
});

describe('what arrives late takes nothing away', () => {
  const item = (fromMs: number, lengthMs: number) => ({ session, fromMs, toMs: fromMs + lengthMs });
  const lateMs = startMs + 20 * MINUTE;

  /** 20 minutes, ten seconds of a boot by another clock, and 20 minutes 30 s after the first ones. */
  const threeBoots = createLogWriter(speakerA)
    .boot(at(-1, '20:00'), 'first')
    .item(item(startMs, 20 * MINUTE))
    .boot(lateMs + 2 * HOUR)
    .item(item(lateMs + 2 * HOUR, 10 * SECOND))
    .boot(lateMs + 30 * SECOND)
    .item(item(lateMs + 30 * SECOND, 20 * MINUTE))
    .beat(at(1, '00:00')).records;

  /** 20 minutes, the clock set back, a minute by it, and 20 minutes 30 s after the first ones. */
  const setBack = createLogWriter(speakerA)
    .boot(at(-1, '20:00'), 'first')
    .item(item(startMs, 20 * MINUTE))
    .anchor(lateMs - HOUR, lateMs)
    .item(item(lateMs - HOUR, MINUTE))
    .boot(lateMs + 30 * SECOND)
    .item(item(lateMs + 30 * SECOND, 20 * MINUTE))
    .beat(at(1, '00:00')).records;

  test.each([
    { why: 'a boot whose clock stands elsewhere', log: threeBoots, late: [4, 5, 6], s: 2410 },
    { why: 'an item after the clock was set back', log: setBack, late: [4, 5], s: 2460 },
  ])('$why', ({ log, late, s }) => {
    const early = log.filter(({ seq }) => !late.includes(seq));
    const before = verdictOn(inputOf(early));
    const after = verdictOn(inputOf(log));
    expect(before).toMatchObject({ verdict: 'met', sessions: [{ airtimeMs: 40 * MINUTE }] });
    expect(after).toMatchObject({ verdict: 'met', sessions: [{ airtimeMs: s * SECOND }] });
    expect(after.sessions[0]?.broadcasts.every(({ inRun }) => inRun)).toBe(true);
  });

  test('and a boot that is near to none of the others is no part of their run', () => {
    const apart = createLogWriter(speakerA)
      .boot(at(-1, '20:00'), 'first')
      .item(item(startMs, 20 * MINUTE))
      .boot(lateMs - 2 * HOUR)
      .boot(lateMs + 2 * HOUR)
      .item(item(lateMs + 2 * HOUR, MINUTE))
      .boot(lateMs + 4 * HOUR)
      .item(item(lateMs + 4 * HOUR, MINUTE))
      .beat(at(1, '00:00')).records;
    const [found] = verdictOn(inputOf(apart)).sessions;
    expect(found?.broadcasts.map(({ inRun }) => inRun)).toEqual([true, false, false]);
  });
});
