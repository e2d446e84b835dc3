import { createUnitTree } from '#core/airtime/unit-tree.ts';
import type { Unit } from '#schemas/entities/site.ts';
import type { Id, LocalDay } from '#schemas/primitives.ts';
import { laterDay } from './later-day.ts';
import { unitToSpan } from './speaker-scope.ts';

/** The last day that any plan or log can lie on. */
export const NO_END: LocalDay = '2199-12-31';

/** The units that something of a unit binds on its first day: that unit and all below it, by id. */
export const unitsBelow = (
  bound: { readonly unit: Id; readonly from: LocalDay },
  units: readonly Unit[],
): readonly Id[] => {
  const tree = createUnitTree(units.map(unitToSpan));
  return units
    .filter(({ id, from }) =>
      tree.pathOn(id, laterDay(from, bound.from)).some(({ unit }) => unit === bound.unit),
    )
    .map(({ id }) => id)
    .sort();
};
