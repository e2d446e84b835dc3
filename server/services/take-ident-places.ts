import type { Actor, Bulletin } from '#schemas/entities/bulletin.ts';
import { identRoleSchema } from '#schemas/entities/ident.ts';
import type { Change } from '../ports/store.ts';

/** The units that a bulletin is for; null stands for all of them. */
const placesOf = ({ units }: Pick<Bulletin, 'units'>) => (units.length === 0 ? [null] : units);

/**
 * What an ident's or a closing's release does besides: from then on it opens or closes the sessions of
 * its units, in place of what did before. A later version takes only units that were not released for
 * it before, so that it does not take back what somebody gave to another one. Nothing for any other
 * bulletin. Source: ADR 0027.
 */
export const takeIdentPlaces = (
  released: Bulletin,
  { versions, actor }: { readonly versions: readonly Bulletin[]; readonly actor: Actor },
): readonly Change[] => {
  const { data: role } = identRoleSchema.safeParse(released.role);
  if (role === undefined) return [];
  const before = versions.filter((each) => each.releasedMs !== null && each.role === role);
  const had = new Set(before.flatMap(placesOf));
  return placesOf(released)
    .filter((unit) => !had.has(unit))
    .map((unit) => ({
      do: 'put',
      what: 'ident',
      value: {
        ...{ role, unit, bulletin: released.first },
        changedBy: actor,
        changedMs: released.releasedMs ?? released.createdMs,
      },
    }));
};
