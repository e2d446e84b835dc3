import type { StarterPack } from './pack.ts';

type Keyed = { readonly key: string };

const keysOf = (entries: readonly Keyed[]): Set<string> => new Set(entries.map(({ key }) => key));

const repeated = (kind: string, entries: readonly Keyed[]): string[] =>
  keysOf(entries).size === entries.length ? [] : [`${kind}: key repeated`];

type Reference = { readonly at: string; readonly to: string | null; readonly known: Set<string> };

const dangling = ({ at, to, known }: Reference): string[] =>
  to === null || known.has(to) ? [] : [`${at}: ${to} unknown`];

/** Parents must stand before their children, so that no unit is above itself. */
const unitFlaws = (units: StarterPack['units']): string[] =>
  units.flatMap(({ key, parent }, index) => {
    const known = keysOf(units.slice(0, index));
    return dangling({ at: `units.${key}.parent`, to: parent, known });
  });

/** Everything in a pack that refers to nothing or is there twice; empty when the pack holds together. */
export const findPackFlaws = (pack: StarterPack): string[] => {
  const units = keysOf(pack.units);
  const campaigns = keysOf(pack.campaigns);
  const directives = keysOf(pack.directives);
  const references: Reference[] = [
    ...pack.speakers.map(({ key, unit }) => ({ at: `speakers.${key}`, to: unit, known: units })),
    ...pack.campaigns.map(({ key, directive }) => ({
      at: `campaigns.${key}`,
      to: directive,
      known: directives,
    })),
    ...pack.rules.map(({ unit }, index) => ({ at: `rules.${index}`, to: unit, known: units })),
    ...pack.rules.map(({ campaign }, index) => ({
      at: `rules.${index}`,
      to: campaign,
      known: campaigns,
    })),
    ...pack.bulletins.flatMap((bulletin) =>
      bulletin.campaigns.map((to) => ({ at: `bulletins.${bulletin.key}`, to, known: campaigns })),
    ),
  ];
  return [
    ...repeated('units', pack.units),
    ...repeated('speakers', pack.speakers),
    ...repeated('directives', pack.directives),
    ...repeated('campaigns', pack.campaigns),
    ...repeated('bulletins', pack.bulletins),
    ...unitFlaws(pack.units),
    ...references.flatMap(dangling),
  ];
};
