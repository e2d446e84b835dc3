import type { Interval } from '#schemas/primitives.ts';
import { type BootStretch, type Heard, stretchesOf } from './boot-stretches.ts';
import { gapMeasure } from './gaps.ts';
import { lowestIndex } from './interval-index.ts';
import { joinBoots } from './join-boots.ts';
import type { Sound } from './sounds.ts';

/**
 * What sounded near to one another: stretches of one boot or of several, in the order of the log, not
 * always neighbours. `airtimeMs` is the sum of theirs. An empty run has no stretch.
 */
export interface Run {
  readonly stretches: readonly BootStretch[];
  readonly airtimeMs: number;
}

const emptyRun: Run = { stretches: [], airtimeMs: 0 };

/**
 * The run with the most airtime of the given (dated) sounds of one session; of equal ones the earliest
 * in the log. Two audible pieces are near when the gap between them, the time of emergencies taken
 * out, is at most `maxGapMs`: within a boot by position; between boots in wall time, from the end of
 * the piece of the earlier boot to the start of that of the later one, at least zero. A run is all
 * that is near to one another, directly or over others, whether neighbours in the log or not.
 * So a further record only adds pieces and nearness: airtime never shrinks, and a `met` stays. By
 * the letter of section 3, a run as neighbours in the log, it would not: 20 minutes up to T, then a
 * boot anchored at T + 30 s with 20 more, are 40; a boot between them that arrives late and says
 * 10 s at T + 2 h would leave the longest at 20:10. Source: AIRTIME.md, 3 ("run", "occurrence",
 * "never taken back") and 2 (positions); docs/adr/0028-a-run-is-what-is-near.md.
 */
export const longestRun = (
  sounds: readonly Heard[],
  maxGapMs: number,
  emergencies: readonly Sound[],
): Run => {
  const { inBootMs, byWallMs } = gapMeasure(emergencies);
  const stretches = stretchesOf(sounds, (boot, gap) => inBootMs(boot, gap) <= maxGapMs);
  const runs = joinBoots(stretches, (gap) => byWallMs(gap) <= maxGapMs);
  return runs.reduce((best: Run, run) => (run.airtimeMs > best.airtimeMs ? run : best), emptyRun);
};

/** The airtime of (dated) sounds: the length of the union of what was audible, by position. */
export const airtimeMsOf = (sounds: readonly Sound[]): number =>
  stretchesOf(sounds, () => true).reduce((sum, { airtimeMs }) => sum + airtimeMs, 0);

/** Whether the sound, one of those that the run was found among, has a part in it. */
export const isInRun = ({ audible, boot }: Sound, { stretches }: Run): boolean => {
  for (const part of audible) {
    const stretch = stretches.length > 1 ? firstThatMayHold(stretches, boot, part) : stretches[0];
    if (stretch !== undefined && holdsPart(stretch, boot, part)) return true;
  }
  return false;
};

const firstThatMayHold = (
  stretches: readonly BootStretch[],
  boot: number,
  { toMs }: Interval,
): BootStretch | undefined =>
  stretches[
    lowestIndex(stretches, (one) => one.boot > boot || (one.boot === boot && one.toMs >= toMs))
  ];

const holdsPart = (stretch: BootStretch, boot: number, { fromMs, toMs }: Interval): boolean =>
  stretch.boot === boot && stretch.fromMs <= fromMs && toMs <= stretch.toMs;
