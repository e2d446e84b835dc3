import { useSuspenseQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { Unit } from '#schemas/entities/site.ts';
import { unitsQuery } from './queries.ts';

/** The name of a unit, and those of the units above it: by them people find what is in it. */
export const useUnitPath = (): ((id: string | null) => string) => {
  const { data: units } = useSuspenseQuery(unitsQuery);
  const byId = useMemo(
    () => new Map<string | null, Unit>(units.map((unit) => [unit.id, unit])),
    [units],
  );
  const pathOf = (id: string | null): string => {
    const unit = byId.get(id);
    return unit === undefined ? '' : `${unit.name} ${pathOf(unit.parent)}`;
  };
  return pathOf;
};
