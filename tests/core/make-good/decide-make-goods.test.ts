import { expect, test } from 'vitest';
import { decideMakeGoods } from '#core/make-good/decide-make-goods.ts';
import { MAX_REPAYMENTS, type MakeGood } from '#core/make-good/make-good.ts';
import type { LogRecord } from '#schemas/records/log-record.ts';
import { at, capOf, idOf, OTHER_CAMPAIGN, otherRule, ruleOf } from '../plan/plan-inputs.ts';
import { type Given, inputOf, judged, logOf, sessionAt, slotOf, startsOf } from './missed-day.ts';

const morning = sessionAt('05:30', [slotOf(1, 16), slotOf(2, 15)]);
const evening = sessionAt('17:00', [slotOf(3, 16), slotOf(4, 15)]);
const sessions = [morning, evening];
const rule = ruleOf({
  dayparts: [
    { from: '05:30', to: '08:00' },
    { from: '17:00', to: '18:30' },
  ],
});
/** Another source sounds in the morning. */
const relay = {
  id: idOf(40),
  from: '2024-01-01',
  to: null,
  weekdays: [],
  startsAt: '06:40',
  endsAt: '06:50',
};
/** The day that is repaid is a Tuesday. */
const SUNDAY = 7;
const given: Given = { now: '06:30', sessions, rules: [rule] };

const decided = (change: Partial<Given> = {}, more = {}) =>
  decideMakeGoods(inputOf({ ...given, ...change }, more));

test('a missed session is placed again at the first minute that is left, and the judge calls it met', () => {
  const { placed, notRepaid } = decided();
  expect(startsOf(placed)).toEqual(['06:32']);
  expect(placed[0]).toMatchObject({
    session: { id: `m-${at('06:32')}` },
    repays: { session: morning.id, rules: [rule.id] },
  });
  expect(notRepaid).toEqual([]);
  const { verdicts, breaches } = judged({ rules: [rule] }, [evening], placed);
  expect(verdicts).toMatchObject([{ verdict: 'met', owed: 2, has: 2 }]);
  expect(breaches).toEqual([]);
});

test('why one session is not repaid stays the same once another is, so that it is recorded once', () => {
  const long = sessionAt('05:00', [slotOf(1, 24)]);
  const short = sessionAt('15:00', [slotOf(2, 3)]);
  const dayparts = [
    { from: '05:00', to: '09:30' },
    { from: '15:00', to: '22:00' },
  ];
  const late: Partial<Given> = {
    now: '20:40',
    sessions: [long, short],
    rules: [ruleOf({ minMinutes: null, minSpacingMin: 90, dayparts })],
  };
  const first = decided(late);
  expect(first.placed).toMatchObject([{ repays: { session: short.id } }]);
  expect(first.notRepaid).toMatchObject([{ repays: { session: long.id }, reason: 'quietHours' }]);
  expect(decided(late, { placed: first.placed })).toEqual(first);
});

test('what was decided gives itself, and nothing is repaid twice', () => {
  const first = decided();
  const again = decided({ now: '06:31' }, { placed: first.placed });
  expect(again).toEqual(first);
  const log = logOf([], at('07:10'), first.placed);
  const begun = new Set(first.placed.map(({ session }) => session.id));
  const after = decided({ now: '07:10' }, { placed: first.placed, begun, log });
  expect(after).toEqual({ placed: first.placed, notRepaid: [] });
  // Nothing is remembered but the log, as after a lost file.
  expect(decided({ now: '07:10' }, { log })).toEqual({ placed: [], notRepaid: [] });
});

test.each<{ why: string; change: Partial<Given>; more?: object }>([
  { why: 'it has not begun yet', change: { now: '05:00' } },
  { why: 'it is still running', change: { now: '05:45' } },
  { why: 'its last record may still be written', change: { now: at('06:01') + 5000 } },
  { why: 'it sounds longer than planned', change: {}, more: { sounding: morning.id } },
  { why: 'it was aired', change: { aired: [morning] } },
  {
    why: 'something by hand made up for it',
    change: { aired: [sessionAt('05:50', morning.slots)] },
  },
  { why: 'nothing is repaid here', change: { policy: { mode: 'off' } } },
  { why: 'nothing is owed on this day yet', change: { policy: { owesFrom: '2025-01-15' } } },
  { why: 'the rule is over', change: { rules: [ruleOf({ to: '2025-01-13' })] } },
  { why: 'the rule names other weekdays', change: { rules: [ruleOf({ weekdays: [1] })] } },
  { why: 'the rule is owed once', change: { rules: [{ ...rule, minOccurrences: 1 }] } },
  { why: 'there is no playlist', change: {}, more: { plan: null } },
])('nothing is repaid when $why', ({ change, more = {} }) => {
  expect(decided(change, more)).toEqual({ placed: [], notRepaid: [] });
});

test.each<{ why: string; change: Partial<Given>; more?: object; starts: string[] }>([
  {
    why: 'what is left of the morning is too short',
    change: { now: '07:45' },
    starts: ['17:33'],
  },
  {
    why: 'the rule wants spacing to the evening session',
    change: { now: '12:00', rules: [{ ...rule, minSpacingMin: 45 }] },
    starts: ['17:45'],
  },
  {
    why: 'the rule names no daypart, and the next one of the site is in the evening',
    change: {
      now: '12:00',
      rules: [ruleOf({ dayparts: [] })],
      policy: { dayparts: rule.dayparts },
    },
    starts: ['17:33'],
  },
  {
    why: 'a list by hand is about to sound',
    change: {},
    more: { occupied: [{ id: null, fromMs: at('06:40'), toMs: at('06:50') }] },
    starts: ['06:52'],
  },
  {
    why: 'a fixed programme of another source sounds',
    change: { policy: { programmes: [relay] } },
    starts: ['06:52'],
  },
  {
    why: 'one that began on the evening before still sounds',
    change: { policy: { programmes: [{ ...relay, startsAt: '22:00' }] } },
    starts: ['06:52'],
  },
  {
    why: 'that programme is not of this weekday',
    change: { policy: { programmes: [{ ...relay, weekdays: [SUNDAY] }] } },
    starts: ['06:32'],
  },
  {
    why: 'the rule allows any time, and quiet hours end at five',
    change: { now: '06:30', rules: [ruleOf({ dayparts: [] })] },
    starts: ['06:32'],
  },
])('the make-good waits: $why', ({ change, more = {}, starts }) => {
  expect(startsOf(decided(change, more).placed)).toEqual(starts);
});

test.each<{ why: string; change: Partial<Given>; reason: string }>([
  { why: 'no daypart is left', change: { now: '18:10', aired: [evening] }, reason: 'noRoom' },
  {
    why: 'the cap on sessions is used up by what is still planned',
    change: {
      aired: [sessionAt('05:10', [slotOf(9, 5)])],
      caps: [capOf({ maxSessionsPerDay: 2 })],
    },
    reason: 'noRoom',
  },
  {
    why: 'a session would be longer than is allowed',
    change: { caps: [capOf({ maxSessionMinutes: 30 })] },
    reason: 'noRoom',
  },
  {
    why: 'the day would sound longer than is allowed',
    change: { caps: [capOf({ maxDayMinutes: 60 })] },
    reason: 'noRoom',
  },
  {
    why: 'the weekday is forbidden',
    change: { caps: [capOf({ forbiddenWeekdays: [2] })] },
    reason: 'noRoom',
  },
  {
    why: 'only quiet hours are left',
    change: { now: '20:45', rules: [ruleOf({ dayparts: [] })], aired: [evening] },
    reason: 'quietHours',
  },
  {
    why: 'the bulletins were withdrawn',
    change: { withdrawn: [1, 2, 3, 4].map((number) => idOf(100 + number)) },
    reason: 'withdrawn',
  },
  {
    why: 'the bulletins have expired',
    change: {
      sessions: [
        sessionAt('05:30', [slotOf(1, 31, { expiresMs: at('06:05') })]),
        sessionAt('17:00', [slotOf(1, 31, { expiresMs: at('06:05') })]),
      ],
      now: '06:10',
    },
    reason: 'expired',
  },
  { why: 'the clips are not there', change: { hasClip: () => false }, reason: 'clipMissing' },
  { why: 'nobody has permitted it', change: { policy: { mode: 'permit' } }, reason: 'noPermit' },
])('nothing is repaid, and the reason is said: $why', ({ change, reason }) => {
  const { placed, notRepaid } = decided(change);
  expect(placed).toEqual([]);
  expect(notRepaid).toMatchObject([{ repays: { session: morning.id }, reason }]);
});

test('with a permit for the session it is repaid, and only that one', () => {
  const policy = { mode: 'permit' } as const;
  const night = { now: '19:00', rules: [ruleOf({ dayparts: [] })], policy };
  const permitted = new Set([evening.id]);
  const { placed, notRepaid } = decided(night, { permitted });
  expect(placed.map(({ repays }) => repays.session)).toEqual([evening.id]);
  expect(notRepaid).toMatchObject([{ repays: { session: morning.id }, reason: 'noPermit' }]);
});

test('what was withdrawn is replaced by other bulletins of the campaign from today’s playlist', () => {
  const { placed } = decided({ withdrawn: [idOf(101)] });
  const bulletins = placed[0]?.session.slots.map(({ bulletin }) => bulletin) ?? [];
  expect(bulletins).not.toContain(idOf(101));
  expect(bulletins).toHaveLength(2);
  const { verdicts } = judged({ rules: [rule] }, [evening], placed);
  expect(verdicts).toMatchObject([{ verdict: 'met' }]);
});

test('a session that two rules lack is repaid once for both', () => {
  const both = sessionAt('05:30', [slotOf(1, 31), slotOf(5, 16, { campaigns: [OTHER_CAMPAIGN] })]);
  const rules = [
    { ...rule, minOccurrences: 1 },
    { ...otherRule, ...{ minOccurrences: 1, dayparts: [] } },
  ];
  const { placed } = decided({ sessions: [both], rules });
  expect(placed.map(({ repays }) => repays.rules)).toEqual([rules.map(({ id }) => id)]);
  const { verdicts } = judged({ rules }, [], placed);
  expect(verdicts).toMatchObject([{ verdict: 'met' }, { verdict: 'met' }]);
});

test('what was repaid in the morning is not repaid again when the evening is missed', () => {
  const night = ruleOf({ dayparts: [] });
  const first = decided({ rules: [night] });
  const log = logOf([], at('18:00'), first.placed);
  const { placed } = decided({ now: '18:00', rules: [night] }, { log });
  expect(placed.map(({ repays }) => repays.session)).toEqual([evening.id]);
  const { verdicts } = judged({ rules: [night] }, [], [...first.placed, ...placed]);
  expect(verdicts).toMatchObject([{ verdict: 'met', has: 2 }]);
});

test('what moved out of the way of a new plan is placed again', () => {
  const first = decided();
  const relay = sessionAt('06:32', [slotOf(7, 20, { campaigns: [] })]);
  const { placed } = decided({ now: '06:31', sessions: [...sessions, relay] }, first);
  expect(startsOf(placed)).toEqual(['06:54']);
});

const stopped = (records: readonly LogRecord[]): readonly LogRecord[] =>
  records.map((record) =>
    record.kind === 'ended'
      ? {
          ...record,
          outcome: 'part',
          reason: 'stopped',
          audible: [{ ...record.played, toMs: record.played.fromMs + 1000 }],
        }
      : record,
  );

test('what somebody ended by hand comes back only with a permit', () => {
  const log = stopped(logOf([morning], at('06:30')));
  const first = decided({}, { log });
  expect(first).toMatchObject({ placed: [], notRepaid: [{ reason: 'noPermit' }] });
  const permitted = new Set([morning.id]);
  expect(startsOf(decided({}, { log, permitted }).placed)).toEqual(['06:32']);
});

test('a make-good that somebody ended by hand does not come back', () => {
  const { placed } = decided();
  const log = stopped(logOf([], at('07:10'), placed));
  const begun = new Set(placed.map(({ session }) => session.id));
  expect(decided({ now: '07:10' }, { log, placed, begun })).toEqual({ placed, notRepaid: [] });
});

test('a make-good that was cut is tried again, and not for ever', () => {
  const cut = (log: readonly LogRecord[]) =>
    stopped(log).map((record) =>
      record.kind === 'ended' ? { ...record, reason: 'powerLoss' as const } : record,
    );
  const made: MakeGood[] = [];
  for (let tries = 0; tries < MAX_REPAYMENTS; tries += 1) {
    const log = cut(logOf([], at('17:00'), made));
    const rules = [ruleOf({ dayparts: [] })];
    const now = at('07:00') + tries * 3_600_000;
    const begun = new Set(made.map(({ session }) => session.id));
    const { placed } = decided({ now, rules }, { log, placed: made, begun });
    expect(placed).toHaveLength(tries + 1);
    made.push(...placed.slice(tries));
  }
  const log = cut(logOf([], at('17:00'), made));
  expect(decided({ now: '16:00', rules: [ruleOf({ dayparts: [] })] }, { log }).placed).toEqual([]);
});
