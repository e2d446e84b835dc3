import { describe, expect, test } from 'vitest';
import { createDayTable } from '#runtime/day-table.ts';
import type { Excuse, WeekLock } from '#schemas/airtime.ts';
import { plannedSessionId } from '#schemas/session.ts';
import { at, inputOf, MINUTE, rule, verdictOn, zone } from './support/court.ts';
import { id, otherRuleId, ruleId, speakerA, speakerB } from './support/ids.ts';
import { createLogWriter } from './support/log-writer.ts';

const startMs = at(0, '05:30');
const started = () => createLogWriter(speakerA).boot(at(-1, '20:00'), 'first');
const unreached = started().beat(at(0, '23:00')).records;
const aired = started()
  .item({ session: plannedSessionId(startMs), fromMs: startMs, toMs: startMs + 30 * MINUTE })
  .beat(at(1, '00:00')).records;

describe('a lock', () => {
  const lock = (change: Partial<WeekLock> = {}): WeekLock => ({
    week: '2026-03-02',
    lockedMs: at(7, '08:00'),
    heads: [],
    ...change,
  });
  const heads = [
    { speaker: speakerB, seq: 3 },
    { speaker: speakerA, seq: 3 },
  ];

  test('of the instant of judging is in force', () => {
    const locks = [lock({ lockedMs: at(8, '00:00') })];
    expect(verdictOn(inputOf(unreached, { locks })).verdict).toBe('unproven');
  });

  test('says what was missing, as unknown does', () => {
    expect(verdictOn(inputOf(unreached, { locks: [lock()] }))).toMatchObject({
      verdict: 'unproven',
      unknown: 'logMissing',
      shortfall: { occurrences: 1, seconds: 1800 },
    });
  });

  test('leaves what is complete as it is', () => {
    const complete = started().beat(at(1, '00:00')).records;
    expect(verdictOn(inputOf(complete, { locks: [lock()] }))).toMatchObject({
      verdict: 'tooFew',
      late: false,
    });
  });

  test('of another week changes nothing', () => {
    const locks = [lock({ week: '2026-03-09' }), lock({ week: '2026-02-23' })];
    expect(verdictOn(inputOf(unreached, { locks })).verdict).toBe('unknown');
  });

  test('that names no head of the speaker means that nothing of it was stored', () => {
    const onlyOther = [{ speaker: speakerB, seq: 9 }];
    const locks = [lock({ heads: onlyOther })];
    expect(verdictOn(inputOf(aired, { locks }))).toMatchObject({ verdict: 'met', late: true });
  });

  test('counts what was stored up to its head, the head included', () => {
    const stored = (seq: number) => [lock({ heads: [{ speaker: speakerA, seq }] })];
    expect(verdictOn(inputOf(aired, { locks: stored(3) })).late).toBe(false);
    expect(verdictOn(inputOf(aired, { locks: stored(2) })).late).toBe(true);
  });

  test('holds as it was set first: a second one does not make late what was late', () => {
    const first = lock({ lockedMs: at(7, '08:00'), heads: [] });
    const second = lock({ lockedMs: at(7, '09:00'), heads });
    for (const locks of [
      [first, second],
      [second, first],
    ]) {
      expect(verdictOn(inputOf(aired, { locks })).late).toBe(true);
    }
    expect(verdictOn(inputOf(aired, { locks: [second] })).late).toBe(false);
  });

  test('of a late week does not count what was aired on days that owe nothing', () => {
    const sunday = at(6, '05:30');
    const log = started()
      .item({ session: plannedSessionId(startMs), fromMs: startMs, toMs: startMs + 30 * MINUTE })
      .item({ session: plannedSessionId(sunday), fromMs: sunday, toMs: sunday + 30 * MINUTE })
      .beat(at(7, '01:00')).records;
    const rules = [rule({ per: 'week', weekdays: [7] })];
    const locks = [lock({ heads: [{ speaker: speakerA, seq: 3 }] })];
    expect(verdictOn(inputOf(log, { rules, locks }))).toMatchObject({ verdict: 'met', late: true });
  });

  test('of a period over two weeks needs both, and the later one says what was stored', () => {
    const rules = [rule({ per: 'everyDays', everyDays: 7, from: '2026-03-05', to: '2026-03-11' })];
    const table = createDayTable(zone, '2026-03-02', 14);
    const thursday = at(3, '05:30');
    const log = started().item({
      session: plannedSessionId(thursday),
      fromMs: thursday,
      toMs: thursday + 30 * MINUTE,
    }).records;
    const input = { rules, table, nowMs: at(15, '00:00') };
    const [one, two] = [lock(), lock({ week: '2026-03-09', lockedMs: at(14, '08:00'), heads })];
    const lateOf = (locks: readonly WeekLock[]) =>
      verdictOn(inputOf(log, { ...input, locks }), 3).late;
    expect(lateOf([one])).toBe(false);
    expect(lateOf([two])).toBe(false);
    expect(lateOf([one, two])).toBe(false);
    expect(lateOf([lock({ heads }), { ...two, heads: [] }])).toBe(true);
  });
});

describe('an excuse', () => {
  const excuse = (change: Partial<Excuse> = {}): Excuse => ({
    id: id(77),
    rule: ruleId,
    speaker: speakerA,
    periodFrom: '2026-03-02',
    reason: 'mất điện',
    acceptedMs: at(1, '08:00'),
    ...change,
  });
  const none = started().beat(at(1, '00:00')).records;
  const verdictWith = (...excuses: Excuse[]) => verdictOn(inputOf(none, { excuses }));

  test.each([
    { why: 'of another rule', change: { rule: otherRuleId } },
    { why: 'of another speaker', change: { speaker: speakerB } },
    { why: 'of another period', change: { periodFrom: '2026-03-03' } },
    { why: 'accepted after the instant of judging', change: { acceptedMs: at(8, '00:00') + 1 } },
  ])('$why excuses nothing', ({ change }) => {
    expect(verdictWith(excuse(change))).toMatchObject({ verdict: 'tooFew', excuse: null });
  });

  test('accepted at the instant of judging holds', () => {
    expect(verdictWith(excuse({ acceptedMs: at(8, '00:00') })).verdict).toBe('excused');
  });

  test('is named, the lowest of several, and what was missed stays shown', () => {
    expect(verdictWith(excuse({ id: id(78) }), excuse({ id: id(79) })).excuse).toBe(id(78));
    expect(verdictWith(excuse({ id: id(79) }), excuse({ id: id(78) }))).toMatchObject({
      verdict: 'excused',
      excuse: id(78),
      shortfall: { occurrences: 1, seconds: 1800 },
    });
  });

  test('is not named when enough was aired', () => {
    const verdict = verdictOn(inputOf(aired, { excuses: [excuse()] }));
    expect(verdict).toMatchObject({ verdict: 'met', excuse: null });
  });

  test('comes before pending and before unknown', () => {
    const early = inputOf(unreached, {
      excuses: [excuse({ acceptedMs: at(0, '08:00') })],
      nowMs: at(0, '12:00'),
    });
    expect(verdictOn(early).verdict).toBe('excused');
    expect(verdictOn(inputOf(unreached, { excuses: [excuse()] }))).toMatchObject({
      verdict: 'excused',
      unknown: null,
    });
  });
});
