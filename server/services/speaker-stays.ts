import type { SpeakerStay } from '#core/airtime/judge-input.ts';
import { addDays, localDayAt } from '#runtime/day-table.ts';
import type { Speaker } from '#schemas/entities/site.ts';

/**
 * When a speaker stood in its unit, less so many days at either end: it owes nothing on the days on
 * which it was enrolled and removed. Source: AIRTIME.md, 3.
 */
export const staysOf = (speaker: Speaker, zone: string, less: number): readonly SpeakerStay[] => {
  const { unit, enrolledMs, removedMs } = speaker;
  if (enrolledMs === null) return [];
  const from = addDays(localDayAt(enrolledMs, zone), less);
  const to = removedMs === null ? null : addDays(localDayAt(removedMs, zone), -less);
  return to !== null && to < from ? [] : [{ unit, from, to }];
};
