import { expect, test } from 'vitest';
import { scriptDeeds } from '#server/services/script-deeds.ts';

const by = (id: string) => ({ changedBy: { kind: 'user', id }, changedMs: 1 }) as const;
const line = (unit: string | null) =>
  ({ id: unit ?? '', key: 'cong-an', kind: 'police', name: 'x', unit, number: '113' }) as const;
type SiteWords = Parameters<typeof scriptDeeds>[1];
const linesOf = (...hotlines: SiteWords['lines']['hotlines']): SiteWords['lines'] => ({
  hotlines,
  numbersOf: () => new Map(),
  placesOf: () => new Set(['thon', null]),
});
const makersOf = (script: string, given: Partial<SiteWords>) => {
  const words = { lines: linesOf(), removals: [], pronunciations: [], ...given };
  return scriptDeeds({ script, units: ['thon'] }, words).map((deed) => deed.by.id);
};

test('who took a number away has no part in the one that another person enters in its place', () => {
  const removals = [{ key: 'cong-an', unit: 'thon', ...by('hoa') }];
  const above = linesOf({ ...line(null), ...by('lan') });
  expect(makersOf('Gọi {cong-an}.', { removals, lines: above })).toEqual(['lan', 'hoa']);
  const again = linesOf({ ...line('thon'), ...by('minh') });
  expect(makersOf('Gọi {cong-an}.', { removals, lines: again })).toEqual(['minh']);
});

test('a word is somebody’s deed also where the script has signs in it that nobody hears', () => {
  const pronunciations = [{ written: 'KHĐV', spoken: 'kế hoạch đơn vị', ...by('lan') }];
  expect(makersOf('Theo KH\u00adĐV.', { pronunciations })).toEqual(['lan']);
  expect(makersOf('Theo KH\u200bĐV.', { pronunciations })).toEqual(['lan']);
  expect(makersOf('Theo ＫＨĐＶ.', { pronunciations })).toEqual(['lan']);
});
