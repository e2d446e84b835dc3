import type { SessionEvidence, SessionReason } from '#schemas/verdict.ts';
import { type LogReach, NO_HOLES } from './contiguity.ts';
import { lowestIndex } from './interval-index.ts';
import type { Occurrence } from './occurrences.ts';
import { canEarn, isDated, isEmergency, type Sound } from './sounds.ts';

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
export const offAt = (
  { witnesses, holes, latestUpToMs }: LogReach,
  instantMs: number,
): Cause | undefined => {
  const index = lowestIndex(latestUpToMs, (wallMs) => wallMs > instantMs);
  const next = witnesses[index];
  if (next === undefined || next.boot === witnesses[index - 1]?.boot) return undefined;
  const { record } = next;
  if ((holes[index - 1] ?? NO_HOLES) !== holes[index] || record.kind !== 'boot') return undefined;
  if (record.cause === 'first') return null;
  return record.cause === 'powerLoss' ? 'powerLoss' : 'agentStopped';
};
