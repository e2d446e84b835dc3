import { Card } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import type { Unit } from '#schemas/entities/site.ts';
import { unitsQuery } from '../../shared/api/queries.ts';
import { useText } from '../../shared/texts/texts.ts';
import { PlainTable } from '../../shared/ui/plain-table.tsx';

interface PlacedUnit extends Unit {
  readonly depth: number;
}

const INDENT_REM = 1.5;

/** Units below their parents; a unit whose parent is not there stands at the top. */
const placeUnits = (units: readonly Unit[]): readonly PlacedUnit[] => {
  const ids = new Set(units.map(({ id }) => id));
  const below = (parent: string | null, depth: number): readonly PlacedUnit[] =>
    units
      .filter((unit) => (ids.has(unit.parent ?? '') ? unit.parent : null) === parent)
      .toSorted((a, b) => a.name.localeCompare(b.name, 'vi'))
      .flatMap((unit) => [{ ...unit, depth }, ...below(unit.id, depth + 1)]);
  return below(null, 0);
};

/** The units of the site as a tree. */
export const UnitTable = () => {
  const say = useText();
  const { data: units } = useSuspenseQuery(unitsQuery);
  return (
    <Card withBorder p={0}>
      <PlainTable label={say('units.list')} heads={[say('name'), say('unit.level')]}>
        {placeUnits(units).map(({ id, name, level, depth }) => (
          <tr key={id}>
            <td>
              <div style={{ paddingInlineStart: `${depth * INDENT_REM}rem` }}>{name}</div>
            </td>
            <td>{say(`level.${level}`)}</td>
          </tr>
        ))}
      </PlainTable>
    </Card>
  );
};
