import { expect, test } from 'vitest';
import { decideMakeGoods } from '#core/make-good/decide-make-goods.ts';
import { ruleOf } from '../plan/plan-inputs.ts';
import { type Given, inputOf, sessionAt, slotOf } from './missed-day.ts';

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

test('a policy that was signed before volumes were part of it keeps the volume of what was missed', () => {
  const { placed } = decideMakeGoods(inputOf(given));
  expect(placed).toMatchObject([{ session: { volume: 40 } }]);
});
