import type { Interval } from '#schemas/primitives.ts';
import { sessionIdToStartMs } from '#schemas/read-session-id.ts';
import type { UnknownReason } from '#schemas/verdict.ts';
import { type AsRunLog, sessionNamedBy } from './as-run-log.ts';
import { type LogLine, wallMsOf } from './dating.ts';

/** What of time a log accounts for, prepared once and asked for many periods. */
export interface LogReach {
  /** Lines that prove that time passed, in the order of the log. */
  readonly witnesses: readonly Witness[];
  /** Where a boot without any date could lie, in wall time. */
  readonly undatedBoots: readonly Interval[];
  readonly undatedStartsMs: readonly number[];
}

/** A witness at `wallMs`; `holes` counts the missing stretches of the log before it. */
export interface Witness {
  readonly line: LogLine;
  readonly wallMs: number;
  readonly holes: number;
  readonly latestUpToMs: number;
  readonly earliestFromMs: number;
}

/** How many holes lie before number 1. A log that begins later has one before its first line. */
export const NO_HOLES = 0;

/** The reach of a log. Source: AIRTIME.md, 2 and 4 (`unknown`). */
export const reachOf = (log: AsRunLog): LogReach => {
  const witnesses = witnessesOf(log.lines);
  return {
    witnesses,
    undatedBoots: undatedBootsOf(log.lines, witnesses),
    undatedStartsMs: log.undatedStartsMs,
  };
};

/**
 * Why the log cannot account for a period (instants, half-open); null when it can. It can when it
 * is without a hole from the last witness before the period to the first one at or after its end
 * that names no session of the period, and every witness inside lies between. The beginning of the
 * log, number 1, stands for a witness before everything, since nothing can have sounded before it.
 * Source: AIRTIME.md, 4 (`unknown`) and 2 (boots without a trusted anchor).
 */
export const gapInReach = (reach: LogReach, period: Interval): UnknownReason | null => {
  const { fromMs, toMs } = period;
  if (reach.undatedBoots.some((span) => span.fromMs < toMs && fromMs <= span.toMs)) {
    return 'bootUndated';
  }
  if (reach.undatedStartsMs.some((startMs) => startMs >= fromMs && startMs < toMs)) {
    return 'sessionUndated';
  }
  return isContiguousOver(reach, period) ? null : 'logMissing';
};

const isContiguousOver = ({ witnesses }: LogReach, period: Interval): boolean => {
  const first = lowestIndex(witnesses, ({ latestUpToMs }) => latestUpToMs >= period.fromMs);
  const end = endWitness(witnesses, first, period);
  if (end === undefined) return false;
  return end.holes === (witnesses[first - 1]?.holes ?? NO_HOLES);
};

/** The witness that closes a period: after all that lie inside, naming no session of it. */
const endWitness = (
  witnesses: readonly Witness[],
  first: number,
  period: Interval,
): Witness | undefined => {
  const { fromMs, toMs } = period;
  const isOutside = (witness: Witness | undefined): boolean =>
    witness === undefined || witness.wallMs < fromMs || witness.wallMs >= toMs;
  let at = lowestIndex(witnesses, ({ earliestFromMs }) => earliestFromMs >= toMs);
  while (at > first && isOutside(witnesses[at - 1])) at -= 1;
  at = Math.max(at, first);
  for (let witness = witnesses[at]; witness !== undefined; witness = witnesses[at]) {
    if (witness.wallMs >= toMs && !namesSessionIn(witness.line, period)) return witness;
    at += 1;
  }
  return undefined;
};

const namesSessionIn = ({ record }: LogLine, { fromMs, toMs }: Interval): boolean => {
  const session = sessionNamedBy(record);
  if (session === null) return false;
  const startMs = sessionIdToStartMs(session);
  return startMs >= fromMs && startMs < toMs;
};

/** The lowest index at which a test that stays true once it is true holds; the length if none. */
const lowestIndex = (
  witnesses: readonly Witness[],
  holds: (witness: Witness) => boolean,
): number => {
  let low = 0;
  let high = witnesses.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const witness = witnesses[middle];
    if (witness !== undefined && holds(witness)) high = middle;
    else low = middle + 1;
  }
  return low;
};

const witnessesOf = (lines: readonly LogLine[]): readonly Witness[] => {
  const found: { line: LogLine; wallMs: number; holes: number; latestUpToMs: number }[] = [];
  let holes = 0;
  let latestUpToMs = Number.NEGATIVE_INFINITY;
  for (const line of lines) {
    if (line.holeBefore) holes += 1;
    const wallMs = wallMsOf(line);
    if (!line.witness || wallMs === undefined) continue;
    latestUpToMs = Math.max(latestUpToMs, wallMs);
    found.push({ line, wallMs, holes, latestUpToMs });
  }
  let earliestFromMs = Number.POSITIVE_INFINITY;
  return found
    .reduceRight<Witness[]>((backwards, one) => {
      earliestFromMs = Math.min(earliestFromMs, one.wallMs);
      backwards.push({ ...one, earliestFromMs });
      return backwards;
    }, [])
    .reverse();
};

const undatedBootsOf = (
  lines: readonly LogLine[],
  witnesses: readonly Witness[],
): readonly Interval[] => {
  const dated = new Set(lines.filter((line) => line.offsetMs !== null).map((line) => line.boot));
  const undated = new Set(lines.map((line) => line.boot).filter((boot) => !dated.has(boot)));
  return [...undated].map((boot) => {
    const before = witnesses.findLast(({ line }) => line.boot < boot)?.wallMs;
    const after = witnesses.find(({ line }) => line.boot > boot)?.wallMs;
    const fromMs = before ?? Number.NEGATIVE_INFINITY;
    const toMs = after ?? Number.POSITIVE_INFINITY;
    return { fromMs: Math.min(fromMs, toMs), toMs: Math.max(fromMs, toMs) };
  });
};
