import type { Hotline } from '#schemas/entities/hotline.ts';
import type { Id } from '#schemas/primitives.ts';
import { nearest } from '../nearest.ts';

/** Something in braces that is filled in when it is read, as `{cong-an-xa}`; its key is captured. */
export const PLACEHOLDER = '\\{([\\p{L}\\p{N}._-]{1,80})\\}';
const EVERY_PLACEHOLDER = new RegExp(PLACEHOLDER, 'gu');

/** The keys of a script's placeholders, each once, in the order of the text. */
export const placeholdersIn = (script: string): readonly string[] => [
  ...new Set([...script.normalize('NFC').matchAll(EVERY_PLACEHOLDER)].map(([, key = '']) => key)),
];

/** For each placeholder of a script the number that is read there; null where there is none. */
export type ReadNumbers = ReadonlyMap<string, string | null>;

type Line = Pick<Hotline, 'key' | 'unit' | 'number'>;

/**
 * Which number a script reads for each of its placeholders. `paths` are the ways up from every unit
 * that it is for, each from the unit itself to its root. A number is read when it holds for all of
 * them: where two of them would each have to hear another number, there is none to read.
 */
export const numbersFor = (
  script: string,
  hotlines: readonly Line[],
  paths: readonly (readonly Id[])[],
): ReadNumbers =>
  new Map(
    placeholdersIn(script).map((key) => {
      const lines = hotlines.filter((line) => line.key === key);
      const lineOf = (unit: Id | null) => lines.find((line) => line.unit === unit);
      const found = new Set(paths.map((path) => nearest(path, lineOf)?.number ?? null));
      const [number = null] = found;
      return [key, found.size === 1 ? number : null];
    }),
  );

/**
 * Where the number for a key is looked for: the units, and null for the whole site, each way up as far
 * as the first place that has a line for it.
 */
export const placesOf = (
  key: string,
  hotlines: readonly Line[],
  paths: readonly (readonly Id[])[],
): ReadonlySet<Id | null> => {
  const lines = new Set(hotlines.filter((line) => line.key === key).map(({ unit }) => unit));
  const wayOf = (path: readonly Id[]) => {
    const way = [...path, null];
    const end = way.findIndex((unit) => lines.has(unit));
    return end === -1 ? way : way.slice(0, end + 1);
  };
  return new Set(paths.flatMap(wayOf));
};

/** The placeholders that nobody has a number for. */
export const missingNumbers = (numbers: ReadNumbers): readonly string[] =>
  [...numbers].filter(([, number]) => number === null).map(([key]) => key);
