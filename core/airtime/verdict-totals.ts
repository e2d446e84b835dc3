import type { VerdictCode } from '#schemas/airtime.ts';
import type { Id } from '#schemas/primitives.ts';
import type { Verdict, VerdictTotals } from '#schemas/verdict.ts';
import { noShortfall, sumOfShortfalls } from './shortfall.ts';
import type { UnitTree } from './unit-tree.ts';

/** No period at all. */
const noTotals: VerdictTotals = { periods: 0, verdicts: {}, shortfall: noShortfall };

/** One period as totals. */
const verdictToTotals = ({ verdict, shortfall }: Verdict): VerdictTotals => ({
  periods: 1,
  verdicts: { [verdict]: 1 },
  shortfall,
});

/** Sums of sums; nothing is rounded. Source: AIRTIME.md, 4 ("sums of the level below"). */
const addTotals = (a: VerdictTotals, b: VerdictTotals): VerdictTotals => {
  const verdicts = { ...a.verdicts };
  for (const [code, count] of Object.entries(b.verdicts) as [VerdictCode, number][]) {
    verdicts[code] = (verdicts[code] ?? 0) + count;
  }
  return {
    periods: a.periods + b.periods,
    verdicts,
    shortfall: sumOfShortfalls([a.shortfall, b.shortfall]),
  };
};

/** Totals of speakers and of every unit at or above them, each ascending by id. */
export interface TreeTotals {
  readonly speakers: readonly { readonly speaker: Id; readonly totals: VerdictTotals }[];
  readonly units: readonly { readonly unit: Id; readonly totals: VerdictTotals }[];
}

/**
 * Adds verdicts up at every level: of each speaker, of the unit in which it stands, and of each unit
 * above that, by the tree of the period's last day. `unitOf` says where a speaker stands; verdicts of
 * one that stands nowhere are left out. Source: AIRTIME.md, 4.
 */
export const treeTotals = (
  verdicts: readonly Verdict[],
  tree: UnitTree,
  unitOf: (speaker: Id) => Id | undefined,
): TreeTotals => {
  const bySpeaker = new Map<Id, VerdictTotals>();
  const byUnit = new Map<Id, VerdictTotals>();
  for (const verdict of verdicts) {
    const stands = unitOf(verdict.speaker);
    if (stands === undefined) continue;
    const totals = verdictToTotals(verdict);
    add(bySpeaker, verdict.speaker, totals);
    for (const { unit } of tree.pathOn(stands, verdict.period.to)) add(byUnit, unit, totals);
  }
  return {
    speakers: ascending(bySpeaker).map(([speaker, totals]) => ({ speaker, totals })),
    units: ascending(byUnit).map(([unit, totals]) => ({ unit, totals })),
  };
};

const add = (sums: Map<Id, VerdictTotals>, id: Id, totals: VerdictTotals): void => {
  sums.set(id, addTotals(sums.get(id) ?? noTotals, totals));
};

const ascending = (sums: ReadonlyMap<Id, VerdictTotals>): readonly [Id, VerdictTotals][] =>
  [...sums].sort(([a], [b]) => (a < b ? -1 : 1));
