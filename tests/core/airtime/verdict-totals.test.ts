import { expect, test } from 'vitest';
import { createUnitTree } from '#core/airtime/unit-tree.ts';
import { treeTotals } from '#core/airtime/verdict-totals.ts';
import type { VerdictCode } from '#schemas/airtime.ts';
import type { Verdict } from '#schemas/verdict.ts';
import { id as idOf } from './support/ids.ts';

const [province, commune, village, moved] = [idOf(1), idOf(2), idOf(3), idOf(4)];
const span = { from: '2026-01-01', to: null } as const;
const tree = createUnitTree([
  { unit: province, level: 'province', parent: null, ...span },
  { unit: commune, level: 'commune', parent: province, ...span },
  { unit: village, level: 'village', parent: commune, ...span },
  { unit: moved, level: 'village', parent: commune, from: '2026-01-01', to: '2026-03-10' },
  { unit: moved, level: 'village', parent: province, from: '2026-03-11', to: null },
]);

const verdictOf = (
  speaker: string,
  {
    verdict,
    day = '2026-03-10',
    seconds = 0,
  }: { verdict: VerdictCode; day?: string; seconds?: number },
): Verdict => ({
  rule: idOf(9),
  version: 1,
  speaker,
  period: { per: 'day', from: day, to: day },
  verdict,
  counts: 'campaign',
  owed: 1,
  has: verdict === 'met' ? 1 : 0,
  late: false,
  shortfall: { occurrences: verdict === 'met' ? 0 : 1, seconds },
  unknown: null,
  exemptedBy: null,
  excuse: null,
  sessions: [],
});

const [here, there, nowhere] = [idOf(21), idOf(22), idOf(23)];
const unitOf = (speaker: string) =>
  speaker === here ? village : speaker === there ? moved : undefined;

test('a unit’s totals are the sums of the level below it, in every figure', () => {
  const { speakers, units } = treeTotals(
    [
      verdictOf(here, { verdict: 'tooShort', seconds: 350 }),
      verdictOf(here, { verdict: 'met', day: '2026-03-09' }),
      verdictOf(there, { verdict: 'unknown', seconds: 1800 }),
    ],
    tree,
    unitOf,
  );
  expect(speakers).toEqual([
    {
      speaker: here,
      totals: {
        periods: 2,
        verdicts: { met: 1, tooShort: 1 },
        shortfall: { occurrences: 1, seconds: 350 },
      },
    },
    {
      speaker: there,
      totals: {
        periods: 1,
        verdicts: { unknown: 1 },
        shortfall: { occurrences: 1, seconds: 1800 },
      },
    },
  ]);
  const sum = {
    periods: 3,
    verdicts: { met: 1, tooShort: 1, unknown: 1 },
    shortfall: { occurrences: 2, seconds: 2150 },
  };
  expect(units.find(({ unit }) => unit === commune)?.totals).toEqual(sum);
  expect(units.find(({ unit }) => unit === province)?.totals).toEqual(sum);
});

test('a unit that moved adds to where it stood on the last day of the period', () => {
  const days = ['2026-03-10', '2026-03-11'];
  const verdicts = days.map((day) => verdictOf(there, { verdict: 'met', day }));
  const { units } = treeTotals(verdicts, tree, unitOf);
  const periodsOf = (id: string) => units.find(({ unit }) => unit === id)?.totals.periods;
  expect([periodsOf(moved), periodsOf(commune), periodsOf(province)]).toEqual([2, 1, 2]);
});

test('a speaker that stands nowhere adds to nothing', () => {
  const { speakers, units } = treeTotals([verdictOf(nowhere, { verdict: 'met' })], tree, unitOf);
  expect([speakers, units]).toEqual([[], []]);
});

test('speakers and units stand in the order of their ids, whatever the order of verdicts', () => {
  const verdicts = [there, here].map((speaker) => verdictOf(speaker, { verdict: 'met' }));
  const told = treeTotals(verdicts, tree, unitOf);
  expect(told.speakers.map(({ speaker }) => speaker)).toEqual([here, there]);
  expect(told.units.map(({ unit }) => unit)).toEqual([province, commune, village, moved]);
  expect(treeTotals(verdicts.toReversed(), tree, unitOf)).toEqual(told);
});
