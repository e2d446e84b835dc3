import type { DayTable } from '#core/local-time.ts';
import type { Playlist } from '#schemas/playlist.ts';
import type { LocalDay } from '#schemas/primitives.ts';
import { reachingOver, silentOver } from './day-before.ts';
import { createLeastFill } from './least-fill.ts';
import { planDay } from './plan-day.ts';
import type { PlanInput, PlanProblem, PlanShortfall } from './plan-input.ts';
import { toAiredDay } from './planned-occurrences.ts';
import { rotationAfter } from './rotation.ts';

/**
 * One speaker's plan of several days: `table` holds these days and one more after them, `previous`
 * the playlists it has for any of them.
 */
export interface PlanAheadInput extends Omit<PlanInput, 'day' | 'table' | 'previous'> {
  readonly table: DayTable;
  readonly previous: readonly Playlist[];
}

/** A day without a plan, what stands in its way, and the input that `explainPlan` takes. */
export interface Refusal {
  readonly day: LocalDay;
  readonly problem: PlanProblem;
  readonly input: PlanInput;
}

/** A playlist for each day that can be planned, and why the others cannot. */
export interface PlanAhead {
  readonly playlists: readonly Playlist[];
  readonly shortfalls: readonly PlanShortfall[];
  readonly refusals: readonly Refusal[];
}

/**
 * Plans day after day: what a day plays steers which bulletin comes next, and what it still sounds
 * after midnight is in the way of the day after, as is a programme of another source. What a day
 * plans counts for the rest of its week. Source: AIRTIME.md, 5.
 */
export const planAhead = (input: PlanAheadInput): PlanAhead => {
  const { table, previous, ...rest } = input;
  const playlists: Playlist[] = [];
  const shortfalls: PlanShortfall[] = [];
  const refusals: Refusal[] = [];
  const leastFill = createLeastFill();
  let played = input.played;
  let { aired } = input;
  let last: Playlist | null = null;
  for (const [index, row] of table.slice(0, -1).entries()) {
    const { day, startMs } = row;
    const ofDay: PlanInput = {
      ...rest,
      day,
      table: table.slice(index, index + 2),
      played,
      aired,
      occupied: [
        ...input.occupied,
        ...reachingOver(last, startMs),
        ...silentOver(input.programmes, row),
      ],
      previous: previous.find((playlist) => playlist.day === day) ?? null,
    };
    const planned = planDay(ofDay, leastFill);
    last = planned.ok ? planned.value.playlist : null;
    if (!planned.ok) {
      refusals.push({ day, problem: planned.problem, input: ofDay });
      continue;
    }
    playlists.push(planned.value.playlist);
    shortfalls.push(...planned.value.shortfalls);
    played = rotationAfter(played, planned.value.playlist);
    const heard = toAiredDay(ofDay, planned.value.playlist);
    if (aired !== null && heard !== null) aired = [...aired, heard];
  }
  return { playlists, shortfalls, refusals };
};
