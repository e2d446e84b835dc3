import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decideMakeGoods } from '#core/make-good/decide-make-goods.ts';
import type { MakeGood } from '#core/make-good/make-good.ts';
import { sessionEndMs } from '#core/playback/segment.ts';
import type { AirtimeCap, AirtimeRule } from '#schemas/airtime.ts';
import type { Session } from '#schemas/playlist.ts';
import { at, capOf, MINUTE_MS, ruleOf } from '../plan/plan-inputs.ts';
import { inputOf, judged, logOf, sessionAt, slotOf } from './missed-day.ts';

const RUNS = 400;
const HOUR_MS = 3_600_000;

interface Day {
  readonly sessions: readonly Session[];
  readonly missed: readonly Session[];
  readonly rules: readonly AirtimeRule[];
  readonly caps: readonly AirtimeCap[];
  readonly nowMs: number;
}

const minutes = fc.integer({ min: 3, max: 25 });
const given = fc.record({
  /** Hours from 05:00 at which sessions begin, with their clips' lengths and whether they are missed. */
  plan: fc.uniqueArray(
    fc.record({
      hour: fc.integer({ min: 0, max: 14 }),
      lengths: fc.array(minutes, { minLength: 1, maxLength: 2 }),
      missed: fc.constantFrom(true, true, false),
    }),
    { selector: ({ hour }) => hour, minLength: 1, maxLength: 7 },
  ),
  now: fc.integer({ min: 7 * 60, max: 21 * 60 }),
  minMinutes: fc.constantFrom(null, 5, 12),
  minOccurrences: fc.integer({ min: 2, max: 5 }),
  minSpacingMin: fc.constantFrom(0, 0, 30, 90),
  dayparts: fc.constantFrom(
    [],
    [{ from: '05:00', to: '12:00' }],
    [
      { from: '05:00', to: '09:30' },
      { from: '15:00', to: '22:00' },
    ],
  ),
  spareSessions: fc.constantFrom(null, null, 0, 1),
  spareMinutes: fc.constantFrom(null, null, 0, 60),
  maxSessionMinutes: fc.constantFrom(null, 40, 50),
});

const toDay = (each: typeof given extends fc.Arbitrary<infer T> ? T : never): Day => {
  const planned = each.plan
    .toSorted((a, b) => a.hour - b.hour)
    .map(({ hour, lengths, missed }, index) => ({
      missed,
      session: sessionAt(
        at('05:00') + hour * HOUR_MS,
        lengths.map((length, slot) => slotOf(index * 2 + slot + 1, length)),
      ),
    }));
  const nowMs = at('00:00') + each.now * MINUTE_MS;
  const sessions = planned.map(({ session }) => session);
  const soundMin = sessions.reduce((sum, session) => sum + lengthMs(session), 0) / MINUTE_MS;
  const more = (value: number | null, spare: number | null) =>
    spare === null || value === null ? null : value + spare;
  const { minMinutes, minOccurrences, minSpacingMin, dayparts, maxSessionMinutes } = each;
  return {
    sessions,
    missed: planned
      .filter(({ missed, session }) => missed && endMs(session) + MINUTE_MS < nowMs)
      .map(({ session }) => session),
    rules: [ruleOf({ minMinutes, minOccurrences, minSpacingMin, dayparts: [...dayparts] })],
    caps: [
      capOf({
        maxSessionsPerDay: more(sessions.length, each.spareSessions),
        maxDayMinutes: more(soundMin, each.spareMinutes),
        maxSessionMinutes,
      }),
    ],
    nowMs,
  };
};

const endMs = (session: Session): number => sessionEndMs(session, session.startMs ?? 0);
const lengthMs = (session: Session): number => endMs(session) - (session.startMs ?? 0);

const decideDay = ({ sessions, missed, rules, caps, nowMs }: Day) => {
  const aired = sessions.filter((session) => !missed.includes(session));
  const past = aired.filter((session) => endMs(session) < nowMs);
  // What is running is in the log as far as it came; here it is not there at all yet.
  const input = inputOf({ now: nowMs, sessions, aired: past, rules, caps });
  return { aired, input, decision: decideMakeGoods(input) };
};

const property = (hold: (day: Day) => void) =>
  fc.assert(fc.property(given.map(toDay), hold), { numRuns: RUNS });

test('repayments break no cap, no quiet hour, no daypart and no spacing, and touch nothing that is planned', () =>
  property((day) => {
    const { aired, decision } = decideDay(day);
    const before = judged(day, aired);
    const after = judged(day, aired, decision.placed);
    expect(after.breaches).toEqual(before.breaches);
    const all = [...aired, ...decision.placed.map(({ session }) => session)].sort(
      (a, b) => (a.startMs ?? 0) - (b.startMs ?? 0),
    );
    for (const [index, session] of all.entries()) {
      const next = all[index + 1];
      if (next !== undefined) expect(endMs(session)).toBeLessThanOrEqual(next.startMs ?? 0);
    }
  }));

test('each repayment is one occurrence more, no rule gets more than its plan had, and met is met', () =>
  property((day) => {
    const { aired, decision } = decideDay(day);
    const [planned] = judged(day, day.sessions).verdicts;
    const [before] = judged(day, aired).verdicts;
    const [after] = judged(day, aired, decision.placed).verdicts;
    expect(after?.has).toBe((before?.has ?? 0) + decision.placed.length);
    const wanted = Math.min(planned?.has ?? 0, planned?.owed ?? 0);
    if (decision.placed.length > 0) expect(after?.has).toBeLessThanOrEqual(wanted);
    if (decision.notRepaid.length === 0) expect(after?.has).toBeGreaterThanOrEqual(wanted);
    if (decision.notRepaid.length === 0 && planned?.verdict === 'met') {
      expect(after?.verdict).toBe('met');
    }
  }));

test('a decision gives itself, and once it was aired nothing is left to repay', () =>
  property((day) => {
    const { aired, input, decision } = decideDay(day);
    expect(decideMakeGoods({ ...input, placed: decision.placed })).toEqual(decision);
    const nowMs = at('23:30');
    const whole = [...aired, ...decision.placed.map(({ session }) => session)];
    const later = inputOf({
      now: nowMs,
      sessions: day.sessions,
      aired: whole,
      rules: day.rules,
      caps: day.caps,
    });
    expect(decideMakeGoods(later).placed).toEqual([]);
  }));

test('over a whole day no session is repaid twice, and never more is aired than was planned', () =>
  property((day) => {
    const { rules, caps, sessions, missed } = day;
    const aired = sessions.filter((session) => !missed.includes(session));
    const made: MakeGood[] = [];
    for (const now of ['08:00', '11:00', '14:00', '17:00', '20:00', '22:30']) {
      const past = aired.filter((session) => endMs(session) < at(now));
      const sounded = made.filter(({ session }) => endMs(session) < at(now));
      const begun = new Set(made.map(({ session }) => session.id));
      const input = inputOf(
        { now, sessions, rules, caps },
        { log: logOf(past, at(now), sounded), placed: made, begun },
      );
      const { placed } = decideMakeGoods(input);
      made.push(...placed.filter(({ session }) => !begun.has(session.id)));
    }
    const repaid = made.map(({ repays }) => repays.session);
    expect(new Set(repaid).size).toBe(repaid.length);
    const [planned] = judged(day, sessions).verdicts;
    const [after] = judged(day, aired, made).verdicts;
    if (made.length > 0) expect(after?.has).toBeLessThanOrEqual(planned?.has ?? 0);
    expect(judged(day, aired, made).breaches).toEqual(judged(day, aired).breaches);
  }));
