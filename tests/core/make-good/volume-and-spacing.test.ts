import { expect, test } from 'vitest';
import { decideMakeGoods } from '#core/make-good/decide-make-goods.ts';
import type { AirtimeRule } from '#schemas/airtime.ts';
import { at, ruleOf } from '../plan/plan-inputs.ts';
import { type Given, inputOf, playlistOf, sessionAt, slotOf, startsOf } from './missed-day.ts';

const missed = { ...sessionAt('05:30', [slotOf(1, 16), slotOf(2, 15)]), volume: 40 };
const dayparts = [{ from: '05:30', to: '08:00' }];
const given: Given = { now: '06:30', sessions: [missed], rules: [ruleOf({ dayparts })] };

test.each([
  { why: 'as its own daypart wants it', from: '06:00', expected: 55 },
  { why: 'as the site is where its daypart wants nothing', from: '17:00', expected: 70 },
])('a make-good in another daypart is as loud $why', ({ from, expected }) => {
  const volumes = { usual: 70, dayparts: [{ from, to: '18:30', volume: 55 }] };
  const { placed } = decideMakeGoods(inputOf({ ...given, policy: { volumes } }));
  expect(placed).toMatchObject([{ session: { volume: expected } }]);
});

test('a make-good is as loud as the first daypart in which it begins, also where that one wants nothing', () => {
  const wide = { from: '06:00', to: '12:00' };
  const volumes = {
    usual: 70,
    dayparts: [
      { ...wide, volume: null },
      { ...wide, volume: 55 },
    ],
  };
  const { placed } = decideMakeGoods(inputOf({ ...given, policy: { volumes } }));
  expect(placed).toMatchObject([{ session: { volume: 70 } }]);
});

test('a policy that was signed before volumes were part of it keeps the volume of what was missed', () => {
  const { placed } = decideMakeGoods(inputOf(given));
  expect(placed).toMatchObject([{ session: { volume: 40 } }]);
});

/** A rule by the week that any time of day serves. */
const weekly = ruleOf({ per: 'week', dayparts: [], minOccurrences: 4, minSpacingMin: 660 });
const YESTERDAY = '2025-01-13';
const TOMORROW = '2025-01-15';

test.each<{ why: string; rule?: Partial<AirtimeRule>; drill?: boolean; start: string }>([
  { why: 'keeps the spacing of a rule by the week to yesterday evening', start: '07:00' },
  { why: 'need not keep it to what the rule does not count', drill: true, start: '06:32' },
  { why: 'need not keep it to a day that is not listed', rule: { weekdays: [2] }, start: '06:32' },
  { why: 'need not keep it to another week', rule: { from: '2025-01-14' }, start: '06:32' },
  {
    why: 'need not keep it to another day of a rule by the day',
    rule: { per: 'day' },
    start: '06:32',
  },
])('a make-good $why', ({ rule, drill = false, start }) => {
  const evening = sessionAt(at('20:00', YESTERDAY), [slotOf(3, 31)]);
  const neighbours = [{ ...playlistOf([{ ...evening, drill }]), day: YESTERDAY }];
  const input = inputOf({ ...given, rules: [{ ...weekly, ...rule }] }, { neighbours });
  expect(startsOf(decideMakeGoods(input).placed)).toEqual([start]);
});

test('a make-good that would stand too close to tomorrow morning has no room', () => {
  const morning = sessionAt(at('05:30', TOMORROW), [slotOf(3, 31)]);
  const neighbours = [{ ...playlistOf([morning]), day: TOMORROW }];
  const late: Given = { ...given, now: '18:30', rules: [weekly] };
  expect(startsOf(decideMakeGoods(inputOf(late)).placed)).toEqual(['18:32']);
  const { placed, notRepaid } = decideMakeGoods(inputOf(late, { neighbours }));
  expect(placed).toEqual([]);
  expect(notRepaid).toMatchObject([{ reason: 'noRoom' }]);
});
