import type { TopicPack } from '#content/packs/topic-pack.ts';
import { placeholdersIn } from '#core/speech/hotlines.ts';
import type { Hotline } from '#schemas/entities/hotline.ts';
import type { Unit } from '#schemas/entities/site.ts';
import { answered, type Connection, listed } from '../client/api.ts';

type PackNumber = TopicPack['numbers'][number];

/** A number of the site as a pack's texts may ask for it. */
export type PlacedNumber = Pick<Hotline, 'key' | 'unit' | 'number'> & Pick<PackNumber, 'level'>;

/** The unit of the number's level at or above the one that is imported for; null: the whole site. */
const unitOf = ({ level }: PackNumber, units: readonly Unit[], from: string | undefined) => {
  let unit = units.find(({ id }) => id === from);
  for (let climbed = 0; unit !== undefined && climbed < units.length; climbed += 1) {
    if (unit.level === level) return unit.id;
    const { parent }: Unit = unit;
    unit = units.find(({ id }) => id === parent);
  }
  return null;
};

/** The numbers that were given, by key, and the unit that is imported for. */
interface NumbersPlace {
  readonly numbers: ReadonlyMap<string, string>;
  readonly unit: string | undefined;
}

/**
 * Enters a pack's telephone numbers into the site's own. What stands there is kept unless another
 * number is given. Gives back whose they are and what they are now; undefined when the server refused.
 */
export const setNumbers = async (
  { api, server }: Connection,
  wanted: readonly PackNumber[],
  { numbers, unit: from }: NumbersPlace,
): Promise<readonly PlacedNumber[] | undefined> => {
  if (wanted.length === 0) return [];
  const units = await listed(server, (query) => api.units.$get({ query }));
  const known = await answered(server, api.hotlines.$get());
  if (units === undefined || known === undefined) return undefined;
  const placed: PlacedNumber[] = [];
  for (const each of wanted) {
    const unit = unitOf(each, units, from);
    const { key, kind, name } = each;
    const before = known.find((line) => line.key === key && line.unit === unit);
    const number = numbers.get(key) ?? before?.number ?? null;
    placed.push({ key, unit, level: each.level, number });
    if (number === before?.number) continue;
    const json = { key, kind, name, unit, number };
    if ((await answered(server, api.hotlines.$put({ json }))) === undefined) return undefined;
  }
  return placed;
};

const levels = ['village', 'commune', 'province'] as const;

/** What a text asks for: the lowest unit that one of its numbers is of, and whether one is missing. */
export const textNeeds = (script: string, placed: readonly PlacedNumber[]) => {
  const keys = placeholdersIn(script);
  const asked = placed.filter(({ key }) => keys.includes(key));
  const lowest = levels.flatMap((level) => asked.filter((each) => each.level === level));
  const unit = lowest.find((each) => each.unit !== null)?.unit;
  return {
    units: typeof unit === 'string' ? [unit] : [],
    isReady: asked.every(({ number }) => number !== null),
  };
};
