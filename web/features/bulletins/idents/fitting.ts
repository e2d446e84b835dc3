import type { Bulletin } from '#schemas/entities/bulletin.ts';
import type { IdentRole } from '#schemas/entities/ident.ts';
import type { Unit } from '#schemas/entities/site.ts';

/** The unit, then each one above it. */
const pathOf = (unit: string | null, units: readonly Unit[]): readonly string[] => {
  const path: string[] = [];
  let next = units.find(({ id }) => id === unit);
  while (next !== undefined && !path.includes(next.id)) {
    path.push(next.id);
    const { parent }: Unit = next;
    next = units.find(({ id }) => id === parent);
  }
  return path;
};

/** The bulletins that an approver has released to open, or close, the sessions of a unit. */
export const fittingBulletins = (
  bulletins: readonly Bulletin[],
  units: readonly Unit[],
  { role, unit }: { readonly role: IdentRole; readonly unit: string | null },
): readonly Bulletin[] => {
  const path = pathOf(unit, units);
  return bulletins.filter(
    (each) =>
      each.role === role &&
      each.state === 'released' &&
      !each.trial &&
      (each.units.length === 0 || each.units.some((id) => path.includes(id))),
  );
};
