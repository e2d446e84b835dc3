import type { SessionEvidence, SessionReason } from '#schemas/verdict.ts';
import { type LogReach, NO_HOLES } from './contiguity.ts';
import type { Occurrence } from './occurrences.ts';
import { canEarn, isDated, isEmergency, type Sound } from './sounds.ts';
import { firstUpTo, witnessAt } from './witnesses.ts';

type Cause = SessionEvidence['cause'];

/** Why a session did not qualify, and what the log itself gives as the cause. */
export interface SessionFailure {
  readonly reason: SessionReason;
  readonly cause: Cause;
}

/** What the reason for a session depends on besides the session. */
export interface SessionSurroundings {
  readonly reach: LogReach;
  /** Whether the session's day owes the rule. */
  readonly isOwed: boolean;
  /** Whether the log accounts for the whole period. */
  readonly isComplete: boolean;
}

/** The reason why a session that does not qualify (or lies on a day that owes nothing) is not counted. */
export const failureOf = (
  occurrence: Occurrence,
  surroundings: SessionSurroundings,
): SessionFailure => {
  if (!surroundings.isOwed) return { reason: 'notOwed', cause: null };
  if (occurrence.logged.sounds.length === 0) return failureOfSilence(occurrence, surroundings);
  const cause = lastReason(occurrence.counting);
  if (occurrence.run.airtimeMs > 0) {
    return { reason: occurrence.isInDaypart ? 'tooShort' : 'outsideDayparts', cause };
  }
  if (occurrence.counting.length > 0) return { reason: 'notAudible', cause };
  return { reason: nothingCounts(occurrence.logged.sounds), cause: null };
};

const lastReason = (sounds: readonly Sound[]): Cause =>
  sounds.findLast(({ record }) => record.reason !== null)?.record.reason ?? null;

const nothingCounts = (sounds: readonly Sound[]): SessionReason => {
  if (sounds.some(canEarn)) return 'otherContent';
  if (sounds.every(({ record }) => record.drill)) return 'drill';
  if (sounds.every(isEmergency)) return 'emergency';
  if (sounds.some(({ offsetMs }) => offsetMs === null)) return 'undated';
  return sounds.every(isDated) ? 'otherContent' : 'afterInstant';
};

const failureOfSilence = (
  { logged }: Occurrence,
  { reach, isComplete }: SessionSurroundings,
): SessionFailure => {
  const refusal = logged.refusals.at(-1);
  if (refusal !== undefined) return { reason: 'refused', cause: refusal.reason };
  const off = offAt(reach, logged.plannedMs);
  if (off !== undefined) return { reason: 'speakerOff', cause: off };
  return { reason: isComplete ? 'notBegun' : 'awaitingData', cause: null };
};

/** Why the speaker was off at an instant; undefined when it was on, or when nothing proves it. */
export const offAt = ({ witnesses }: LogReach, instantMs: number): Cause | undefined => {
  const index = firstUpTo(witnesses, (latestMs) => latestMs > instantMs);
  const next = witnessAt(witnesses, index);
  const before = witnessAt(witnesses, index - 1);
  if (next === undefined || next.line.boot === before?.line.boot) return undefined;
  const { record } = next.line;
  if ((before?.holes ?? NO_HOLES) !== next.holes || record.kind !== 'boot') return undefined;
  if (record.cause === 'first') return null;
  return record.cause === 'powerLoss' ? 'powerLoss' : 'agentStopped';
};
