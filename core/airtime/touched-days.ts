import type { LocalDay } from '#schemas/primitives.ts';
import { offAt } from './session-reason.ts';
import type { HeardDay, SpeakerLog } from './speaker-log.ts';

/**
 * The days of which a speaker's log tells another story than before: a session, one of its sounds, a
 * date, an emergency in a gap of it, or why it left no record. Whether the log reaches over a period
 * is asked of each period apart. Source: AIRTIME.md, 4 (dependency closure).
 */
export const touchedDays = (before: SpeakerLog, after: SpeakerLog): ReadonlySet<LocalDay> => {
  const touched = new Set<LocalDay>();
  for (const [day, heard] of after.days) {
    if (before.days.get(day) !== heard || isOffOtherwise(heard, before, after)) touched.add(day);
  }
  for (const day of before.days.keys()) if (!after.days.has(day)) touched.add(day);
  return touched;
};

const isOffOtherwise = ({ sessions }: HeardDay, before: SpeakerLog, after: SpeakerLog): boolean =>
  sessions.some(
    ({ sounds, plannedMs }) =>
      sounds.length === 0 && offAt(before.reach, plannedMs) !== offAt(after.reach, plannedMs),
  );
