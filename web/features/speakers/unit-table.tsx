import { Card } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { Unit } from '#schemas/entities/site.ts';
import { unitsQuery } from '../../shared/api/queries.ts';
import { useText } from '../../shared/texts/texts.ts';
import { LongList } from '../../shared/ui/long-list.tsx';
import { PlainTable } from '../../shared/ui/plain-table.tsx';

interface PlacedUnit extends Unit {
  readonly depth: number;
  /** Its name behind those of the units above it. */
  readonly path: string;
}

const INDENT_REM = 1.5;

/** Units below their parents; a unit whose parent is not there stands at the top. */
const placeUnits = (units: readonly Unit[]): readonly PlacedUnit[] => {
  const ids = new Set(units.map(({ id }) => id));
  const byParent = Map.groupBy(units, ({ parent }) => (ids.has(parent ?? '') ? parent : null));
  const below = (parent: string | null, depth: number, above: string): readonly PlacedUnit[] =>
    (byParent.get(parent) ?? [])
      .toSorted((a, b) => a.name.localeCompare(b.name, 'vi'))
      .flatMap((unit) => {
        const path = `${above} ${unit.name}`;
        return [{ ...unit, depth, path }, ...below(unit.id, depth + 1, path)];
      });
  return below(null, 0, '');
};

/** The units of the site as a tree. */
export const UnitTable = () => {
  const say = useText();
  const { data: units } = useSuspenseQuery(unitsQuery);
  const placed = useMemo(() => placeUnits(units), [units]);
  return (
    <LongList label={say('units.list')} all={placed} toText={({ path }) => path}>
      {(shown) => (
        <Card withBorder p={0}>
          <PlainTable label={say('units.list')} heads={[say('name'), say('unit.level')]}>
            {shown.map(({ id, name, level, depth }) => (
              <tr key={id}>
                <td>
                  <div style={{ paddingInlineStart: `${depth * INDENT_REM}rem` }}>{name}</div>
                </td>
                <td>{say(`level.${level}`)}</td>
              </tr>
            ))}
          </PlainTable>
        </Card>
      )}
    </LongList>
  );
};
