import type { Id, LocalDay } from '#schemas/primitives.ts';
import type { JudgedSpeaker } from './judge-input.ts';
import { isListed, type Period } from './periods.ts';
import { owingUnit, type UnitTree, unitOn } from './unit-tree.ts';

/**
 * That a rule binds a speaker in a period: the unit for which it owes it (of several after a move
 * the last), and the days on which it does. It owes nothing on a weekday that is not listed, nor on a
 * day that the zone skipped (Samoa had no 2011-12-30).
 */
export interface Membership {
  readonly unit: Id;
  readonly owedDays: ReadonlySet<LocalDay>;
}

/** How the rule binds the speaker; undefined when it does not on any day of the period. */
export const membershipOf = (
  period: Period,
  speaker: Pick<JudgedSpeaker, 'stays'>,
  tree: UnitTree,
): Membership | undefined => {
  let unit: Id | null = null;
  const owedDays = new Set<LocalDay>();
  for (const row of period.rows) {
    const stands = unitOn(speaker, row.day);
    if (stands === null) continue;
    const owing = owingUnit(period.rule, tree.pathOn(stands, row.day));
    if (owing === null) continue;
    unit = owing;
    const isSkipped = row.startMs === row.endMs;
    if (isListed(period.rule, row.weekday) && !isSkipped) owedDays.add(row.day);
  }
  return unit === null ? undefined : { unit, owedDays };
};

/**
 * The units that owe the rule on the last day of the period, ascending, whether or not a speaker
 * stands there.
 */
export const owingUnitsOf = (
  period: Period,
  units: Iterable<Id>,
  tree: UnitTree,
): readonly Id[] => {
  const day = period.rows.at(-1)?.day;
  if (day === undefined) return [];
  return [...units].filter((unit) => owingUnit(period.rule, tree.pathOn(unit, day)) === unit);
};
