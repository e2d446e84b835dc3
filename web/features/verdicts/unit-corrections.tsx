import { useSuspenseQuery } from '@tanstack/react-query';
import { isBesideUnit } from '#core/airtime/corrections.ts';
import { createUnitTree } from '#core/airtime/unit-tree.ts';
import type { UnitVerdict } from '#schemas/verdict.ts';
import { unitsQuery } from '../../shared/api/queries.ts';
import { CorrectionList } from './week-corrections.tsx';
import type { GivenCorrection } from './week-query.ts';

interface UnitCorrectionsProps {
  readonly verdict: UnitVerdict;
  readonly given: readonly GivenCorrection[];
}

/** What inspectors found about the speakers that a unit's verdict counts, or should have counted. */
export const UnitCorrections = ({ verdict, given }: UnitCorrectionsProps) => {
  const { data: units } = useSuspenseQuery(unitsQuery);
  const tree = createUnitTree(units.map(({ id, ...span }) => ({ unit: id, ...span })));
  const beside = given.filter((one) => isBesideUnit(verdict, one, tree));
  return beside.length === 0 ? null : <CorrectionList given={beside} />;
};
