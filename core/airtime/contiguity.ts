import type { Interval } from '#schemas/primitives.ts';
import { sessionIdToStartMs } from '#schemas/read-session-id.ts';
import type { SessionId } from '#schemas/session.ts';
import type { UnknownReason } from '#schemas/verdict.ts';
import type { AsRunLog } from './as-run-log.ts';
import { type BootLog, sessionNamedBy } from './boot-log.ts';
import { lowestIndex } from './interval-index.ts';
import {
  firstUpTo,
  firstWithNoneBefore,
  joinWitnesses,
  openAt,
  type Witness,
  type Witnesses,
  witnessAt,
} from './witnesses.ts';

/** What of time a log accounts for, prepared once and asked for many periods. */
export interface LogReach {
  readonly witnesses: Witnesses;
  /** Where a boot without any date could lie, in wall time. */
  readonly undatedBoots: readonly Interval[];
  /** Planned starts of the sessions that a record without a date names, ascending. */
  readonly undatedStartsMs: Float64Array;
}

/** How many holes lie before number 1. A log that begins later has one before its first line. */
export const NO_HOLES = 0;

/** The reach of a log. Source: AIRTIME.md, 2 and 4 (`unknown`). */
export const reachOf = ({ boots }: AsRunLog): LogReach => {
  const undated = new Set(boots.flatMap(({ undatedSessions }) => [...undatedSessions]));
  return {
    witnesses: joinWitnesses(boots),
    undatedBoots: undatedBootsOf(boots),
    undatedStartsMs: Float64Array.from(undated, sessionIdToStartMs).sort(),
  };
};

/**
 * Why the log cannot account for a period (instants, half-open); null when it can. It can when it
 * is without a hole from the last witness before the period to the first one at or after its end
 * that closes it, and every witness inside lies between. After a restart whose clock stood before that
 * end, it must have passed the end once more, from there on without a hole. The beginning of the log,
 * number 1, stands for a witness before everything, since nothing can have sounded before it.
 * A witness closes a period when it names no session of it, and none may still go on: a boot, an
 * anchor, a refusal or an emergency does not tell, and after them what the record before them left
 * open counts as open. By the letter of section 4 any record that names none would do: but the boot
 * five minutes after a midnight that cut off a session would call its day too short, and what then
 * resumes would make it met. Where `isOver`, no session of the period can go on after its end.
 * Source: AIRTIME.md, 4 (`unknown`, "names no open session") and 2 (boots without a trusted anchor).
 */
export const gapInReach = (
  reach: LogReach,
  period: Interval,
  isOver = false,
): UnknownReason | null => {
  const { fromMs, toMs } = period;
  if (reach.undatedBoots.some((span) => span.fromMs < toMs && fromMs <= span.toMs)) {
    return 'bootUndated';
  }
  const named = lowestIndex(reach.undatedStartsMs, (startMs) => startMs >= fromMs);
  if ((reach.undatedStartsMs[named] ?? Number.POSITIVE_INFINITY) < toMs) return 'sessionUndated';
  return isContiguousOver(reach, { ...period, isOver }) ? null : 'logMissing';
};

interface Closed extends Interval {
  readonly isOver: boolean;
}

const isContiguousOver = ({ witnesses }: LogReach, period: Closed): boolean => {
  const first = firstUpTo(witnesses, (latestMs) => latestMs >= period.fromMs);
  const passed = firstWithNoneBefore(witnesses, period.toMs);
  let inside = passed;
  while (inside > first && !isInside(witnessAt(witnesses, inside - 1)?.wallMs, period)) inside -= 1;
  const crossings = [
    { from: first, end: endWitness(witnesses, inside, period) },
    { from: passed, end: endWitness(witnesses, passed, period) },
  ];
  return crossings.every(
    ({ from, end }) => end?.holes === (witnessAt(witnesses, from - 1)?.holes ?? NO_HOLES),
  );
};

/** The first witness from a number on that closes a period. */
const endWitness = (witnesses: Witnesses, from: number, period: Closed): Witness | undefined => {
  let at = from;
  for (let next = witnessAt(witnesses, at); next !== undefined; next = witnessAt(witnesses, at)) {
    const isNone = next.wallMs >= period.toMs && !isOf(period, sessionNamedBy(next.line.record));
    if (isNone && (period.isOver || !isOf(period, openAt(witnesses, at)))) return next;
    at += 1;
  }
  return undefined;
};

const isInside = (wallMs: number | undefined, { fromMs, toMs }: Interval): boolean =>
  wallMs !== undefined && wallMs >= fromMs && wallMs < toMs;

const isOf = (period: Interval, session: SessionId | null | undefined): boolean =>
  typeof session === 'string' && isInside(sessionIdToStartMs(session), period);

/** A boot without any date lies between the trusted neighbours before and after it. */
const undatedBootsOf = (boots: readonly BootLog[]): readonly Interval[] => {
  if (boots.every(({ isDated }) => isDated)) return [];
  const dated = new Set(
    boots.filter(({ isDated }) => isDated).map(({ inherited }) => inherited.boot),
  );
  const spans: { fromMs: number; toMs: number }[] = [];
  let before = Number.NEGATIVE_INFINITY;
  let waiting = 0;
  let last: number | undefined;
  for (const {
    inherited: { boot },
    wallMs,
  } of boots) {
    if (boot !== last && !dated.has(boot)) {
      spans.push({ fromMs: before, toMs: Number.POSITIVE_INFINITY });
    }
    last = boot;
    const after = wallMs[0];
    for (; after !== undefined && waiting < spans.length; waiting += 1) {
      const span = spans[waiting];
      if (span === undefined) break;
      span.toMs = Math.max(span.fromMs, after);
      span.fromMs = Math.min(span.fromMs, after);
    }
    before = wallMs.at(-1) ?? before;
  }
  return spans;
};
