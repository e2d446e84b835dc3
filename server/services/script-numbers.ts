import { createUnitTree } from '#core/airtime/unit-tree.ts';
import {
  missingNumbers,
  numbersFor,
  placeholdersIn,
  placesOf,
  type ReadNumbers,
} from '#core/speech/hotlines.ts';
import { localDayAt } from '#runtime/day-table.ts';
import type { Bulletin } from '#schemas/entities/bulletin.ts';
import type { Hotline } from '#schemas/entities/hotline.ts';
import type { Id } from '#schemas/primitives.ts';
import type { ProblemOf } from '#schemas/problem.ts';
import { UNIT_NAME_KEY } from '#schemas/unit-name-key.ts';
import type { ServerPorts } from '../ports/server-ports.ts';
import { knownSite } from './known-site.ts';
import { unitToSpan } from './speaker-scope.ts';

/** A script, and the units that it is read in; none named: all of them. */
export interface PlacedScript {
  readonly script: string;
  readonly units: readonly Id[];
}

/** The numbers of the site, and what of them scripts read. */
export interface ScriptLines {
  readonly hotlines: readonly Hotline[];
  readonly numbersOf: (placed: PlacedScript) => ReadNumbers;
  /** Where the number for a key is looked for in these units; null: at the whole site. */
  readonly placesOf: (key: string, units: readonly Id[]) => ReadonlySet<Id | null>;
}

/**
 * Which numbers scripts would say if they were read now, and where they are from; with `entered`, if
 * those were the site's numbers. What is for the whole site hears what holds for its uppermost units.
 * The name of a unit is found as its numbers are.
 */
export const readScriptLines = async (
  { store, clock }: Pick<ServerPorts, 'store' | 'clock'>,
  entered?: readonly Hotline[],
): Promise<ScriptLines> => {
  const [hotlines, units, { zone }] = [
    entered ?? (await store.hotlines()),
    await store.units(),
    await knownSite(store),
  ];
  const today = localDayAt(clock.wallMs(), zone);
  const tree = createUnitTree(units.map(unitToSpan));
  const pathOf = (unit: Id): readonly Id[] => tree.pathOn(unit, today).map((step) => step.unit);
  const roots = units.map(({ id }) => pathOf(id)).filter((path) => path.length === 1);
  const everywhere = roots.length === 0 ? [[]] : roots;
  const names = units.map(({ id, name }) => ({ key: UNIT_NAME_KEY, unit: id, number: name }));
  const lines = [...hotlines, ...names];
  const pathsOf = (meant: readonly Id[]) => (meant.length === 0 ? everywhere : meant.map(pathOf));
  return {
    hotlines,
    numbersOf: ({ script, units: meant }) => numbersFor(script, lines, pathsOf(meant)),
    placesOf: (key, meant) => placesOf(key, hotlines, pathsOf(meant)),
  };
};

/** Which numbers scripts would say, as a function of the script: `numbersOf` of `readScriptLines`. */
export const readScriptNumbers = async (
  ports: Pick<ServerPorts, 'store' | 'clock'>,
  entered?: readonly Hotline[],
): Promise<ScriptLines['numbersOf']> => (await readScriptLines(ports, entered)).numbersOf;

export type NumberMissing = ProblemOf<'numberMissing' | 'unitNameMissing'>;

/**
 * The refusal of a script that asks for a number that nobody has given, or for the name of its unit
 * where it is for several.
 */
export const refuseMissing = (numbers: ReadNumbers): NumberMissing | undefined => {
  const missing = missingNumbers(numbers);
  if (missing.includes(UNIT_NAME_KEY)) return { code: 'unitNameMissing' };
  const placeholders = missing.map((key) => `{${key}}`).join(', ');
  return missing.length === 0 ? undefined : { code: 'numberMissing', placeholders };
};

/**
 * Why a bulletin may not go on air because of the telephone numbers in its script: one is missing,
 * or another one is in force than a voice says in it. Undefined when it says what it should.
 */
export const wrongNumbers = async (
  ports: Pick<ServerPorts, 'store' | 'clock'>,
  bulletin: Pick<Bulletin, 'id' | 'script' | 'manner' | 'units'>,
): Promise<NumberMissing | ProblemOf<'changedMeanwhile'> | undefined> => {
  const { id, script, manner, units } = bulletin;
  if (script === null || placeholdersIn(script).length === 0) return undefined;
  const numbers = (await readScriptNumbers(ports))({ script, units });
  const missing = refuseMissing(numbers);
  if (missing !== undefined) return missing;
  // What somebody says in a recording is heard by the approver, and by nobody else.
  if (manner === null) return undefined;
  const [said] = await ports.store.saidNumbers([id]);
  const isSaid = [...numbers].every(([key, number]) => said?.numbers[key] === number);
  return isSaid ? undefined : { code: 'changedMeanwhile', what: 'bulletin', id };
};
