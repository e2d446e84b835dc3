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
 * Where a clock goes backwards between boots, a late record can part a run, against what section 3
 * promises: 20 minutes up to T, then a boot anchored at T + 30 s with 20 more, are one run of 40;
 * a boot between them that arrives late and says 10 s at T + 2 h leaves the longest at 20:10.
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

/** A sound, or a part of one, as stretches are made from it. */
type Heard = Pick<Sound, 'boot' | 'offsetMs' | 'audible'>;

/** The union of what was audible, boot by boot, each boot by position. */
const stretchesOf = (sounds: readonly Sound[]): readonly Stretch[] => {
  const union: Stretch[] = [];
  let open: Draft | undefined;
  for (const { boot, offsetMs, audible } of inOrder(sounds)) {
    const wallMs = offsetMs ?? 0;
    for (const { fromMs, toMs } of audible) {
      if (open === undefined || open.boot !== boot || fromMs > open.toMs) {
        open = { boot, fromMs, toMs, wallFromMs: fromMs + wallMs, wallToMs: toMs + wallMs };
        union.push(open);
      } else if (toMs > open.toMs) {
        open.toMs = toMs;
        open.wallToMs = toMs + wallMs;
      }
    }
  }
  return union;
};

/** A stretch that may still grow at its end. */
type Draft = Omit<Stretch, 'toMs' | 'wallToMs'> & { toMs: number; wallToMs: number };

/** Ascending by boot and position; a log in order has it so already, else the parts are taken apart. */
const inOrder = (sounds: readonly Heard[]): readonly Heard[] =>
  isAscending(sounds)
    ? sounds
    : sounds
        .flatMap(({ boot, offsetMs, audible }) =>
          audible.map((part) => ({ boot, offsetMs, audible: [part] })),
        )
        .sort(byPosition);

const byPosition = (a: Heard, b: Heard): number =>
  a.boot - b.boot ||
  (a.audible[0]?.fromMs ?? 0) - (b.audible[0]?.fromMs ?? 0) ||
  (a.audible[0]?.toMs ?? 0) - (b.audible[0]?.toMs ?? 0);

const isAscending = (sounds: readonly Heard[]): boolean => {
  let lastBoot = 0;
  let lastMs = Number.NEGATIVE_INFINITY;
  for (const { boot, audible } of sounds) {
    for (const { fromMs } of audible) {
      if (boot < lastBoot || (boot === lastBoot && fromMs <= lastMs)) return false;
      lastBoot = boot;
      lastMs = fromMs;
    }
  }
  return true;
};
