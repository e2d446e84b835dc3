import type { BroadcastEvidence, SessionEvidence } from '#schemas/verdict.ts';
import { lengthOf } from './intervals.ts';
import type { Occurrence } from './occurrences.ts';
import { isInRun } from './runs.ts';
import type { Selection } from './selection.ts';
import { failureOf, type SessionSurroundings } from './session-reason.ts';

/**
 * What an inspector is shown of a session under a rule: its broadcasts with their record numbers,
 * how long its longest run was, and why it is not counted. Source: AIRTIME.md, 4 (evidence).
 */
export const evidenceOf = (
  occurrence: Occurrence,
  selection: Selection,
  surroundings: SessionSurroundings,
): SessionEvidence => {
  const { logged, run, startedMs, timing } = occurrence;
  const qualifies = occurrence.qualifies && surroundings.isOwed;
  const failure = qualifies
    ? { reason: selection.spare.get(occurrence) ?? null, cause: null }
    : failureOf(occurrence, surroundings);
  return {
    session: logged.session,
    plannedMs: logged.plannedMs,
    startedMs,
    timing,
    airtimeMs: run.airtimeMs,
    qualifies,
    counted: selection.chosen.has(occurrence),
    reason: failure.reason,
    cause: failure.cause,
    broadcasts: broadcastsOf(occurrence),
    refusals: logged.refusals.map(({ seq }) => seq),
  };
};

/** What counts is a part of what sounded, in the same order. */
const broadcastsOf = ({ logged, counting, run }: Occurrence): BroadcastEvidence[] => {
  const broadcasts: BroadcastEvidence[] = [];
  let at = 0;
  for (const sound of logged.sounds) {
    const counts = counting[at] === sound;
    if (counts) at += 1;
    const { record, audible, offsetMs } = sound;
    const beganMs = audible[0]?.fromMs ?? record.played.fromMs;
    broadcasts.push({
      seq: record.seq,
      bulletin: record.item.bulletin,
      clip: record.item.clip,
      startedMs: offsetMs === null ? null : beganMs + offsetMs,
      audibleMs: lengthOf(audible),
      counts,
      inRun: counts && isInRun(sound, run),
      reason: record.reason,
    });
  }
  return broadcasts;
};
