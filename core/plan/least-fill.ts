import { MAX_SLOTS_PER_SESSION } from '#schemas/playlist.ts';
import type { PlanBulletin } from './plan-input.ts';

/** How many residues one search holds at most; more are searched in coarser units. */
export const MAX_RESIDUES = 16_384;

const greatestDivisor = (a: number, b: number): number => (b === 0 ? a : greatestDivisor(b, a % b));

interface Residues {
  /** The least sum of each residue class of the shortest length, in units. */
  readonly least: Float64Array;
  /** The item that was added last to reach it; -1 where none was. */
  readonly last: Int32Array;
}

/**
 * The least sum of lengths in every residue class of the shortest one: what is reachable at all is
 * that sum and the shortest length any number of times. Source: Böcker and Lipták, "A Fast and Simple
 * Algorithm for the Money Changing Problem" (round robin).
 */
const residuesOf = (shortest: number, lengths: readonly number[]): Residues => {
  const residues = {
    least: new Float64Array(shortest).fill(Number.POSITIVE_INFINITY),
    last: new Int32Array(shortest).fill(-1),
  };
  residues.least[0] = 0;
  for (const [item, length] of lengths.entries()) {
    if (length % shortest !== 0) relax(residues, shortest, { item, length });
  }
  return residues;
};

/** Takes one more length into account: each cycle of classes that it joins is gone round twice. */
const relax = (
  { least, last }: Residues,
  shortest: number,
  { item, length }: { readonly item: number; readonly length: number },
): void => {
  const step = length % shortest;
  const cycles = greatestDivisor(shortest, step);
  for (let cycle = 0; cycle < cycles; cycle += 1) {
    let at = cycle;
    for (let count = 2 * (shortest / cycles); count > 0; count -= 1) {
      const next = at + step < shortest ? at + step : at + step - shortest;
      const sum = (least[at] ?? 0) + length;
      if (sum < (least[next] ?? 0)) {
        least[next] = sum;
        last[next] = item;
      }
      at = next;
    }
  }
};

/** The residue class that reaches at least `target` with the least sum, and that sum. */
const bestClass = ({ least }: Residues, shortest: number, target: number) => {
  let best = { residue: 0, sum: Number.POSITIVE_INFINITY };
  for (const [residue, sum] of least.entries()) {
    const reached = sum >= target ? sum : sum + Math.ceil((target - sum) / shortest) * shortest;
    if (reached < best.sum) best = { residue, sum: reached };
  }
  return best;
};

/** The unit in which lengths are searched: all are whole in it, unless that were too fine. */
const unitOf = (lengthsMs: readonly number[]): number => {
  const divisor = lengthsMs.reduce((found, length) => greatestDivisor(length, found), 0);
  return Math.max(divisor, Math.ceil(Math.min(...lengthsMs) / MAX_RESIDUES));
};

/** Whether fills of these bulletins are exact to the millisecond. */
export const isFilledExactly = (items: readonly PlanBulletin[]): boolean => {
  const lengths = items.map((item) => item.clip.durationMs);
  return lengths.length === 0 || lengths.every((length) => length % unitOf(lengths) === 0);
};

/** Bulletins with what is reachable by them, worked out once for many targets. */
interface Reach {
  readonly items: readonly PlanBulletin[];
  readonly unit: number;
  readonly lengths: readonly number[];
  readonly shortest: number;
  readonly residues: Residues;
}

const reachOf = (items: readonly PlanBulletin[]): Reach => {
  const unit = unitOf(items.map((item) => item.clip.durationMs));
  // Rounded down, so that what reaches the target in units reaches it in milliseconds.
  const lengths = items.map((item) => Math.max(1, Math.floor(item.clip.durationMs / unit)));
  const shortest = Math.min(...lengths);
  return { items, unit, lengths, shortest, residues: residuesOf(shortest, lengths) };
};

/** The bulletins, any number of times each, whose lengths add up to the least sum from a target on. */
const leastOfAny = (reach: Reach, targetMs: number): PlanBulletin[] | undefined => {
  const { items, lengths, shortest, residues } = reach;
  let { residue, sum } = bestClass(residues, shortest, Math.ceil(targetMs / reach.unit));
  const fill: PlanBulletin[] = [];
  while (sum > 0 && fill.length <= MAX_SLOTS_PER_SESSION) {
    const isBase = sum > (residues.least[residue] ?? 0);
    const index = isBase ? lengths.indexOf(shortest) : (residues.last[residue] ?? 0);
    const item = items[index];
    const length = lengths[index];
    if (item === undefined || length === undefined) return undefined;
    fill.push(item);
    sum -= length;
    residue = (((residue - length) % shortest) + shortest) % shortest;
  }
  return fill;
};

const total = (items: readonly PlanBulletin[]): number =>
  items.reduce((sum, item) => sum + item.clip.durationMs, 0);

/** Each way of taking the items that may sound only once: with and without each. */
const choicesOf = (once: readonly PlanBulletin[]): PlanBulletin[][] => {
  let choices: PlanBulletin[][] = [[]];
  for (const item of once) choices = [...choices, ...choices.map((choice) => [...choice, item])];
  return choices;
};

export interface LeastFillWanted {
  readonly targetMs: number;
  /** What may be taken, any number of times each, but `once` only once. */
  readonly items: readonly PlanBulletin[];
  /** What is taken in any case, once. */
  readonly mandatory: readonly PlanBulletin[];
}

/** Whole fills by what was wanted, and what bulletins reach by their ids. */
interface Known {
  readonly fills: Map<string, { readonly made: PlanBulletin[] | undefined }>;
  readonly reaches: Map<string, { readonly made: Reach }>;
}

const namesOf = (items: readonly PlanBulletin[]): string => items.map(({ id }) => id).join();

const remembered = <T>(known: Map<string, { readonly made: T }>, key: string, make: () => T): T => {
  const found = known.get(key) ?? { made: make() };
  known.set(key, found);
  return found.made;
};

const fillOf = (known: Known, wanted: LeastFillWanted): PlanBulletin[] | undefined => {
  const { items, mandatory } = wanted;
  const taken = new Set(mandatory.map(({ id }) => id));
  const repeated = items.filter(({ once }) => once !== true);
  const once = items.filter((item) => item.once === true && !taken.has(item.id));
  let best: PlanBulletin[] | undefined;
  for (const choice of choicesOf(once)) {
    const fixed = [...mandatory, ...choice];
    const restMs = Math.max(fixed.length === 0 ? 1 : 0, wanted.targetMs - total(fixed));
    const isShort = restMs > 0 && repeated.length === 0;
    const reach = () => remembered(known.reaches, namesOf(repeated), () => reachOf(repeated));
    const rest = restMs === 0 ? [] : isShort ? undefined : leastOfAny(reach(), restMs);
    if (rest === undefined || fixed.length + rest.length > MAX_SLOTS_PER_SESSION) continue;
    const fill = [...fixed, ...rest];
    if (best === undefined || total(fill) < total(best)) best = fill;
  }
  return best;
};

/**
 * The bulletins, at least one, whose total length is the least from `targetMs` on, whatever their
 * turn: exact to the millisecond, or, where all are longer than `MAX_RESIDUES` milliseconds, to a
 * few of them a bulletin. Undefined where there is none, or it would take more slots than a session
 * holds. Source: AIRTIME.md, 5 ("the least overshoot that the bulletins allow").
 */
export type LeastFill = (wanted: LeastFillWanted) => PlanBulletin[] | undefined;

/** A search for shortest fills that remembers what it has worked out; bulletins are known by id. */
export const createLeastFill = (): LeastFill => {
  const known: Known = { fills: new Map(), reaches: new Map() };
  return ({ targetMs, items, mandatory }) => {
    const wanted = { targetMs, items: byId(items), mandatory: byId(mandatory) };
    const key = `${targetMs}/${namesOf(wanted.mandatory)}/${namesOf(wanted.items)}`;
    return remembered(known.fills, key, () => fillOf(known, wanted));
  };
};

const byId = (items: readonly PlanBulletin[]): PlanBulletin[] =>
  [...items].sort((a, b) => (a.id < b.id ? -1 : 1));
