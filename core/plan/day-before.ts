import { DAY_MINUTES, type LocalDayRow, localTimeToMinutes, MINUTE_MS } from '#core/local-time.ts';
import type { Playlist } from '#schemas/playlist.ts';
import type { FixedProgramme, PlanInput } from './plan-input.ts';

/**
 * What of the playlist of the evening before still sounds after midnight, from its own start on: a
 * session belongs to the day on which it begins. Source: AIRTIME.md, 4 (caps).
 */
export const reachingOver = (last: Playlist | null, midnightMs: number): PlanInput['occupied'] =>
  (last?.sessions ?? []).flatMap(({ startMs, slots }) => {
    const end = slots.at(-1);
    if (startMs === null || end === undefined) return [];
    const toMs = startMs + end.offsetMs + end.durationMs;
    return toMs > midnightMs ? [{ fromMs: startMs, toMs }] : [];
  });

/** The same of programmes that other sources began on the evening before the row's day. */
export const silentOver = (
  programmes: readonly FixedProgramme[],
  row: LocalDayRow,
): PlanInput['occupied'] => {
  const evening = ((row.weekday + 5) % 7) + 1;
  return programmes
    .filter(({ sound, weekdays }) => sound === null && isOn(weekdays, evening))
    .map(({ startsAt, durationMs }) => {
      const untilMidnightMs = (DAY_MINUTES - localTimeToMinutes(startsAt)) * MINUTE_MS;
      const fromMs = row.startMs - untilMidnightMs;
      return { fromMs, toMs: fromMs + durationMs };
    })
    .filter(({ toMs }) => toMs > row.startMs);
};

const isOn = (weekdays: readonly number[], weekday: number): boolean =>
  weekdays.length === 0 || weekdays.includes(weekday);
