import type { Id } from '#schemas/primitives.ts';
import type { UnitVerdict } from '#schemas/verdict.ts';
import type { Court, Place, Seat } from './court.ts';
import { owingUnitsOf } from './membership.ts';
import { unitVerdictOf } from './unit-verdict.ts';

/** The verdicts of units, each a sum over the speakers that owe the rule for it. */
export interface UnitBoard {
  /** All, ascending by rule, period and unit. */
  readonly all: () => readonly UnitVerdict[];
  /** Sums up anew what these verdicts of speakers go into; gives it, in the same order. */
  readonly renew: (touched: readonly Place[]) => readonly UnitVerdict[];
}

type UnitVerdicts = Map<Id, UnitVerdict>;

/** Sums up all that has been judged. */
export const createUnitBoard = (court: Court): UnitBoard => {
  const seatsByUnit = court.rules.map((_, rule) => boundSeats(court, rule));
  const sumUp = (rule: number, period: number, unit: Id): UnitVerdict[] => {
    const of = court.rules[rule]?.periods[period];
    if (of === undefined) return [];
    const verdicts = (seatsByUnit[rule]?.get(unit) ?? []).flatMap(({ cells }) => {
      const cell = cells[rule]?.[period];
      return cell?.membership.unit === unit ? [cell.verdict] : [];
    });
    return [unitVerdictOf(unit, of, verdicts)];
  };
  const board: readonly (readonly UnitVerdicts[])[] = court.rules.map(({ periods }, rule) =>
    periods.map((of, period) => {
      const owing = owingUnitsOf(of, court.unitIds, court.sources.tree);
      const units = [...new Set([...owing, ...unitsBound(court, rule, period)])].sort();
      return new Map(units.flatMap((unit) => sumUp(rule, period, unit).map((one) => [unit, one])));
    }),
  );
  return {
    all: () => board.flatMap((periods) => periods.flatMap((units) => [...units.values()])),
    renew: (touched) =>
      unitsTouched(touched).flatMap(({ rule, period, unit }) => {
        const summed = sumUp(rule, period, unit);
        for (const one of summed) board[rule]?.[period]?.set(unit, one);
        return summed;
      }),
  };
};

/** The seats that are ever bound by a rule for a unit, in the order of the court. */
const boundSeats = ({ seats }: Court, rule: number): ReadonlyMap<Id, readonly Seat[]> => {
  const byUnit = new Map<Id, Seat[]>();
  for (const seat of seats) {
    const units = seat.cells[rule]?.map((cell) => cell?.membership.unit);
    for (const unit of new Set(units)) {
      if (unit === undefined) continue;
      const known = byUnit.get(unit);
      if (known === undefined) byUnit.set(unit, [seat]);
      else known.push(seat);
    }
  }
  return byUnit;
};

const unitsBound = ({ seats }: Court, rule: number, period: number): ReadonlySet<Id> => {
  const units = new Set<Id>();
  for (const { cells } of seats) {
    const unit = cells[rule]?.[period]?.membership.unit;
    if (unit !== undefined) units.add(unit);
  }
  return units;
};

interface UnitPlace {
  readonly rule: number;
  readonly period: number;
  readonly unit: Id;
}

const unitsTouched = (touched: readonly Place[]): readonly UnitPlace[] => {
  const places = new Map<string, UnitPlace>();
  for (const { seat, rule, period } of touched) {
    const unit = seat.cells[rule]?.[period]?.membership.unit;
    if (unit !== undefined) places.set(`${rule} ${period} ${unit}`, { rule, period, unit });
  }
  return [...places.values()].sort(
    (a, b) => a.rule - b.rule || a.period - b.period || (a.unit < b.unit ? -1 : 1),
  );
};
