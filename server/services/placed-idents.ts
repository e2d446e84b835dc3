import { nearest } from '#core/nearest.ts';
import type { FrameItem } from '#core/plan/plan-input.ts';
import type { Bulletin } from '#schemas/entities/bulletin.ts';
import { type Ident, identRoleSchema } from '#schemas/entities/ident.ts';
import type { Id } from '#schemas/primitives.ts';

/** What opens or closes the sessions of a unit, and whose it is; null: the whole site's. */
export interface PlacedIdent {
  readonly unit: Id | null;
  readonly item: FrameItem;
}

/** Which idents are asked for, and whether one leaves no need for that of the next level up. */
export interface WhichIdents {
  readonly sounds: (item: FrameItem) => boolean;
  readonly isEnough: (item: FrameItem) => boolean;
}

/** What opens and closes sessions, found by the way up from a unit to its root. */
export interface PlacedIdents {
  /**
   * For each role that of the nearest unit, else of the whole site, that is on the air and that
   * `sounds` lets sound there; after it those of the levels above, until one is enough by itself.
   */
  above(path: readonly Id[], which: WhichIdents): readonly PlacedIdent[];
}

/** A bulletin on the air, by the first of its versions, and as it is planned. */
export interface OnAir {
  readonly first: Bulletin['first'];
  readonly item: FrameItem;
}

/** The idents of a site, to be looked up for many speakers. Source: issue 6, 5; ADR 0027. */
export const createPlacedIdents = (
  idents: readonly Ident[],
  onAir: readonly OnAir[],
): PlacedIdents => {
  const itemByFirst = new Map(onAir.map(({ first, item }) => [first, item]));
  const byUnit = Map.groupBy(idents, ({ unit }) => unit);
  return {
    above: (path, { sounds, isEnough }) =>
      identRoleSchema.options.flatMap((role) => {
        const found: PlacedIdent[] = [];
        nearest(path, (unit) => {
          const placed = byUnit.get(unit)?.find((ident) => ident.role === role);
          const item = itemByFirst.get(placed?.bulletin ?? '');
          if (item?.role !== role || !sounds(item)) return undefined;
          found.push({ unit, item });
          return isEnough(item) ? item : undefined;
        });
        return found;
      }),
  };
};
