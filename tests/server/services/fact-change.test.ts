import { expect, test } from 'vitest';
import { type BulletinFacts, type FactChange, factChange } from '#server/services/fact-change.ts';

const before: BulletinFacts = {
  title: 'Cắt điện',
  language: 'vi',
  supplier: null,
  campaigns: ['a'],
  units: ['thôn Đoài', 'xã'],
  priority: 'priority',
  validFromMs: 100,
  expiresMs: 200,
};
const isBelow = (unit: string, above: string): boolean => unit === above || above === 'xã';

const cases: { why: string; change: Partial<BulletinFacts>; is: FactChange }[] = [
  { why: 'nothing was changed', change: {}, is: 'none' },
  { why: 'only the order of units differs', change: { units: ['xã', 'thôn Đoài'] }, is: 'none' },
  { why: 'the title is for people', change: { title: 'Ngừng cấp điện' }, is: 'words' },
  { why: 'the supplier is for people', change: { supplier: 'Điện lực' }, is: 'words' },
  { why: 'the language is for people', change: { language: 'tyz' }, is: 'words' },
  { why: 'a unit was left out', change: { units: ['thôn Đoài'] }, is: 'less' },
  { why: 'a unit stands below the one before', change: { units: ['thôn Bắc'] }, is: 'less' },
  { why: 'every unit is more than some', change: { units: [] }, is: 'anew' },
  { why: 'it begins later', change: { validFromMs: 101 }, is: 'less' },
  { why: 'it begins earlier', change: { validFromMs: 99 }, is: 'anew' },
  { why: 'it ends earlier', change: { expiresMs: 199 }, is: 'less' },
  { why: 'it ends later', change: { expiresMs: 201 }, is: 'anew' },
  { why: 'it is less urgent', change: { priority: 'normal' }, is: 'less' },
  { why: 'it is more urgent', change: { priority: 'emergency' }, is: 'anew' },
  { why: 'campaigns stand in the release', change: { campaigns: [] }, is: 'anew' },
  { why: 'less and more at once', change: { expiresMs: 199, validFromMs: 1 }, is: 'anew' },
];

test.each(cases)('a change of facts is “$is” when $why', ({ change, is }) => {
  expect(factChange(before, { ...before, ...change }, isBelow)).toBe(is);
});

test('of a bulletin for every unit any unit is less', () => {
  const all = { ...before, units: [] };
  expect(factChange(all, { ...all, units: ['thôn Đoài'] }, isBelow)).toBe('less');
});
