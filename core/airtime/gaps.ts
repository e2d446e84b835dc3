import type { Interval } from '#schemas/primitives.ts';
import { type Coverage, coverageOf } from './coverage.ts';
import { shiftedBy } from './intervals.ts';
import type { Sound } from './sounds.ts';

/**
 * How long gaps between sounds are without the time that emergencies took of them, in milliseconds;
 * not above zero where the later sound begins before the earlier one ends.
 */
export interface GapMeasure {
  /** A gap inside one boot, by position. */
  readonly inBootMs: (boot: number, gap: Interval) => number;
  /** A gap between two boots, in wall time. */
  readonly byWallMs: (gap: Interval) => number;
}

/** Measures gaps beside (dated) emergencies. Source: AIRTIME.md, 3 (what ends no run). */
export const gapMeasure = (emergencies: readonly Sound[]): GapMeasure => {
  if (emergencies.length === 0) return plainMeasure;
  const byWall = coverageOf(
    emergencies.flatMap(({ record, offsetMs }) => shiftedBy([record.played], offsetMs ?? 0)),
  );
  const byBoot = new Map(
    [...Map.groupBy(emergencies, ({ boot }) => boot)].map(([boot, own]): [number, Coverage] => [
      boot,
      coverageOf(own.map(({ record }) => record.played)),
    ]),
  );
  return {
    inBootMs: (boot, gap) => lengthMs(gap) - (byBoot.get(boot)?.(gap) ?? 0),
    byWallMs: (gap) => lengthMs(gap) - byWall(gap),
  };
};

const lengthMs = ({ fromMs, toMs }: Interval): number => toMs - fromMs;

const plainMeasure: GapMeasure = { inBootMs: (_, gap) => lengthMs(gap), byWallMs: lengthMs };
