import type { Interval } from '#schemas/primitives.ts';
import { coveredMs, shiftedBy } from './intervals.ts';
import type { Sound } from './sounds.ts';

/** A stretch of sound without a break: positions of one boot, and the same in wall time. */
export interface Stretch {
  readonly boot: number;
  readonly fromMs: number;
  readonly toMs: number;
  readonly wallFromMs: number;
  readonly wallToMs: number;
}

/** Neighbouring stretches whose gaps are small enough; `airtimeMs` is the sum of their lengths. */
export interface Run {
  readonly stretches: readonly Stretch[];
  readonly airtimeMs: number;
}

const emptyRun: Run = { stretches: [], airtimeMs: 0 };

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
  let best = emptyRun;
  let current: Stretch[] = [];
  const close = (): void => {
    const airtimeMs = current.reduce((sum, part) => sum + part.toMs - part.fromMs, 0);
    if (airtimeMs > best.airtimeMs) best = { stretches: current, airtimeMs };
    current = [];
  };
  for (const next of stretchesOf(sounds)) {
    const last = current.at(-1);
    if (last !== undefined && !isJoined(last, next, { maxGapMs, emergencies })) close();
    current.push(next);
  }
  close();
  return best;
};

/** The airtime of (dated) sounds: the length of the union of what was audible, by position. */
export const airtimeMsOf = (sounds: readonly Sound[]): number =>
  stretchesOf(sounds).reduce((sum, part) => sum + part.toMs - part.fromMs, 0);

/** Whether the sound has a part in the run. */
export const isInRun = (sound: Sound, run: Run): boolean =>
  sound.audible.some((part) =>
    run.stretches.some(
      (stretch) =>
        stretch.boot === sound.line.boot &&
        part.fromMs >= stretch.fromMs &&
        part.toMs <= stretch.toMs,
    ),
  );

interface GapRule {
  readonly maxGapMs: number;
  readonly emergencies: readonly Sound[];
}

const isJoined = (a: Stretch, b: Stretch, { maxGapMs, emergencies }: GapRule): boolean => {
  const gap = gapBetween(a, b);
  const gapMs = gap.toMs - gap.fromMs;
  if (gapMs <= maxGapMs) return true;
  if (emergencies.length === 0) return false;
  const sameBoot = a.boot === b.boot;
  const excused = emergencies.flatMap(({ line, record }) => {
    if (sameBoot) return line.boot === a.boot ? [record.played] : [];
    return shiftedBy([record.played], line.offsetMs ?? 0);
  });
  return gapMs - coveredMs(excused, gap) <= maxGapMs;
};

/** Between boots whose wall times overlap it is negative, which is no gap. */
const gapBetween = (a: Stretch, b: Stretch): Interval =>
  a.boot === b.boot
    ? { fromMs: a.toMs, toMs: b.fromMs }
    : { fromMs: a.wallToMs, toMs: b.wallFromMs };

/** The union of what was audible, boot by boot, each boot by position. */
const stretchesOf = (sounds: readonly Sound[]): readonly Stretch[] => {
  const parts = sounds
    .flatMap(stretchesOfSound)
    .sort((a, b) => a.boot - b.boot || a.fromMs - b.fromMs || a.toMs - b.toMs);
  const union: Stretch[] = [];
  for (const next of parts) {
    const last = union.at(-1);
    if (last === undefined || last.boot !== next.boot || next.fromMs > last.toMs) union.push(next);
    else if (next.toMs > last.toMs) {
      union[union.length - 1] = { ...last, toMs: next.toMs, wallToMs: next.wallToMs };
    }
  }
  return union;
};

const stretchesOfSound = ({ audible, line }: Sound): readonly Stretch[] => {
  const offsetMs = line.offsetMs ?? 0;
  return audible.map(({ fromMs, toMs }) => ({
    boot: line.boot,
    fromMs,
    toMs,
    wallFromMs: fromMs + offsetMs,
    wallToMs: toMs + offsetMs,
  }));
};
