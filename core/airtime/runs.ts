import type { Interval } from '#schemas/primitives.ts';
import { createIntervalIndex, overlapping } from './interval-index.ts';
import { coveredMs, shiftedBy } from './intervals.ts';
import type { Sound } from './sounds.ts';

/** A stretch of sound without a break: positions of one boot, and the same in wall time. */
interface Stretch {
  readonly boot: number;
  readonly fromMs: number;
  readonly toMs: number;
  readonly wallFromMs: number;
  readonly wallToMs: number;
}

/**
 * Neighbouring stretches whose gaps are small enough, from the first to the last; `airtimeMs` is the
 * sum of their lengths. An empty run has neither.
 */
export interface Run {
  readonly first: Stretch | null;
  readonly last: Stretch | null;
  readonly airtimeMs: number;
}

const emptyRun: Run = { first: null, last: null, airtimeMs: 0 };

/**
 * The longest run by airtime of the given (dated) sounds of one session; of equal ones the earliest.
 * Within a boot gaps are counted on positions, between boots in wall time, at least zero; in both
 * the time of emergencies is no gap. A gap of exactly `maxGapMs` still joins.
 * Source: AIRTIME.md, 3 ("run", "occurrence") and 2 (positions).
 */
export const longestRun = (
  sounds: readonly Sound[],
  maxGapMs: number,
  emergencies: readonly Sound[],
): Run => {
  const excusedMs = excusedBy(emergencies);
  let best = emptyRun;
  let current = emptyRun;
  for (const next of stretchesOf(sounds)) {
    const { last, first, airtimeMs } = current;
    const lengthMs = next.toMs - next.fromMs;
    const gap = last === null ? null : gapBetween(last, next);
    const isJoined = gap !== null && gap.toMs - gap.fromMs - excusedMs(gap) <= maxGapMs;
    current = isJoined
      ? { first, last: next, airtimeMs: airtimeMs + lengthMs }
      : { first: next, last: next, airtimeMs: lengthMs };
    if (current.airtimeMs > best.airtimeMs) best = current;
  }
  return best;
};

/** The airtime of (dated) sounds: the length of the union of what was audible, by position. */
export const airtimeMsOf = (sounds: readonly Sound[]): number =>
  stretchesOf(sounds).reduce((sum, part) => sum + part.toMs - part.fromMs, 0);

/** Whether the sound, one of those that the run was found among, has a part in it. */
export const isInRun = ({ audible, boot }: Sound, { first, last }: Run): boolean => {
  if (first === null || last === null) return false;
  return audible.some(
    ({ fromMs, toMs }) =>
      (boot > first.boot || (boot === first.boot && fromMs >= first.fromMs)) &&
      (boot < last.boot || (boot === last.boot && toMs <= last.toMs)),
  );
};

/** A gap between two stretches: by position within a boot, in wall time (`boot` null) between two. */
interface Gap extends Interval {
  readonly boot: number | null;
}

/** Between boots whose wall times overlap it is negative, which is no gap. */
const gapBetween = (a: Stretch, b: Stretch): Gap =>
  a.boot === b.boot
    ? { boot: a.boot, fromMs: a.toMs, toMs: b.fromMs }
    : { boot: null, fromMs: a.wallToMs, toMs: b.wallFromMs };

/** How much of a gap emergencies took. */
const excusedBy = (emergencies: readonly Sound[]): ((gap: Gap) => number) => {
  if (emergencies.length === 0) return () => 0;
  const byWall = createIntervalIndex(
    emergencies.flatMap(({ record, offsetMs }) => shiftedBy([record.played], offsetMs ?? 0)),
  );
  const byBoot = new Map(
    [...Map.groupBy(emergencies, ({ boot }) => boot)].map(([boot, own]) => [
      boot,
      createIntervalIndex(own.map(({ record }) => record.played)),
    ]),
  );
  return (gap) => {
    const index = gap.boot === null ? byWall : byBoot.get(gap.boot);
    return index === undefined ? 0 : coveredMs(overlapping(index, gap), gap);
  };
};

/** The union of what was audible, boot by boot, each boot by position. */
const stretchesOf = (sounds: readonly Sound[]): readonly Stretch[] => {
  const union: Stretch[] = [];
  for (const next of partsOf(sounds)) {
    const last = union.at(-1);
    if (last === undefined || last.boot !== next.boot || next.fromMs > last.toMs) union.push(next);
    else if (next.toMs > last.toMs) {
      union[union.length - 1] = { ...last, toMs: next.toMs, wallToMs: next.wallToMs };
    }
  }
  return union;
};

/** What was audible, ascending by boot and position; a log in order has it so already. */
const partsOf = (sounds: readonly Sound[]): readonly Stretch[] => {
  const parts: Stretch[] = [];
  let isSorted = true;
  let last: Stretch | undefined;
  for (const { audible, boot, offsetMs } of sounds) {
    for (const { fromMs, toMs } of audible) {
      const wall = offsetMs ?? 0;
      const next = { boot, fromMs, toMs, wallFromMs: fromMs + wall, wallToMs: toMs + wall };
      if (last !== undefined && byPosition(last, next) > 0) isSorted = false;
      parts.push(next);
      last = next;
    }
  }
  return isSorted ? parts : parts.sort(byPosition);
};

const byPosition = (a: Stretch, b: Stretch): number =>
  a.boot - b.boot || a.fromMs - b.fromMs || a.toMs - b.toMs;
