import { cleanText } from '#core/speech/clean-text.ts';
import { placeholdersIn, type ReadNumbers } from '#core/speech/hotlines.ts';
import type { Actor, Bulletin } from '#schemas/entities/bulletin.ts';
import type { HotlineRemoval } from '#schemas/entities/hotline.ts';
import type { Pronunciation } from '#schemas/entities/pronunciation.ts';
import type { Store } from '../ports/store.ts';
import { versionsSinceRelease } from './next-version.ts';
import type { PlacedScript, ScriptLines } from './script-numbers.ts';

/**
 * Somebody's deed that a script is read by: a number that was entered or one that was taken away, so
 * that another is read, by its key; a word of the site's own, as it is written; or other units.
 */
export interface ScriptDeed {
  readonly kind: 'number' | 'removal' | 'word' | 'units';
  readonly key: string;
  readonly by: Actor;
  readonly atMs: number;
}

/** How a script was read at an instant: the numbers in it, and whose deeds it was read by. */
export interface Reading {
  readonly readMs: number;
  readonly numbers: ReadNumbers;
  readonly deeds: readonly ScriptDeed[];
}

interface SiteWords {
  readonly lines: ScriptLines;
  readonly removals: readonly HotlineRemoval[];
  readonly pronunciations: readonly Pronunciation[];
}

/**
 * Whose deeds a script is read by: for each key who entered the number, and who took one away that
 * stood nearer and that nobody has entered again; and who said how a word in it is to be said.
 * Source: ADR 0031.
 */
export const scriptDeeds = (
  { script, units }: PlacedScript,
  { lines, removals, pronunciations }: SiteWords,
): readonly ScriptDeed[] => {
  const deedsOf = (key: string): readonly ScriptDeed[] => {
    const places = lines.placesOf(key, units);
    const entered = lines.hotlines.filter((line) => line.key === key && places.has(line.unit));
    const isAgain = ({ unit }: HotlineRemoval): boolean =>
      entered.some((line) => line.unit === unit);
    return [
      ...entered.map((line) => toDeed('number', line)),
      ...removals
        .filter((each) => each.key === key && places.has(each.unit) && !isAgain(each))
        .map((removal) => toDeed('removal', removal)),
    ];
  };
  const text = cleanText(script).toLowerCase();
  const words = pronunciations.filter(({ written }) => text.includes(written.toLowerCase()));
  return [
    ...placeholdersIn(script).flatMap(deedsOf),
    ...words.map((word) => toDeed('word', { ...word, key: word.written })),
  ];
};

const toDeed = (
  kind: ScriptDeed['kind'],
  { key, changedBy, changedMs }: HotlineRemoval | (Pronunciation & { readonly key: string }),
): ScriptDeed => ({ kind, key, by: changedBy, atMs: changedMs });

/**
 * Of the deeds that a script was read by, those that nobody has released yet, the last one last:
 * numbers where a version since the last released one says another, and what was taken away or said
 * in another way since that one was read. None for a first version: who wrote it saw it as it is read.
 */
export const readNewDeeds = async (
  store: Pick<Store, 'saidNumbers'>,
  { numbers, deeds }: Reading,
  versions: readonly Bulletin[],
): Promise<readonly ScriptDeed[]> => {
  const before = versionsSinceRelease(versions);
  const [oldest] = before;
  if (oldest === undefined) return [];
  const told = await store.saidNumbers(before.map(({ id }) => id));
  const saidById = new Map(told.map((said) => [said.bulletin, said]));
  const sinceMs = saidById.get(oldest.id)?.readMs ?? oldest.createdMs;
  const isOther = (key: string): boolean =>
    before.some(
      ({ id, script }) =>
        placeholdersIn(script ?? '').includes(key) &&
        saidById.get(id)?.numbers[key] !== numbers.get(key),
    );
  return deeds
    .filter(({ kind, key }) => kind === 'word' || kind === 'units' || isOther(key))
    .filter(({ kind, atMs }) => kind === 'number' || atMs >= sinceMs)
    .toSorted((a, b) => a.atMs - b.atMs);
};
