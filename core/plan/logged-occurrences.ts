import type { AsRunLog } from '#core/airtime/as-run-log.ts';
import { gapInReach, reachOf } from '#core/airtime/contiguity.ts';
import { occurrenceOf } from '#core/airtime/occurrences.ts';
import { isDated, isEmergency, type Sound } from '#core/airtime/sounds.ts';
import { type LocalDayRow, rowAt } from '#core/local-time.ts';
import type { AirtimeRule } from '#schemas/airtime.ts';
import type { Playlist } from '#schemas/playlist.ts';
import type { AiredDay, PlanInput } from './plan-input.ts';
import { toAiredDay, toDayWith } from './planned-occurrences.ts';

/** The planned starts of the row's day whose sessions qualify under the rule, ascending. */
export const loggedStarts = (
  { sessions }: AsRunLog,
  rule: AirtimeRule,
  row: LocalDayRow,
): readonly number[] =>
  sessions
    .filter(({ plannedMs }) => rowAt([row], plannedMs) !== undefined)
    .filter((logged) => occurrenceOf(rule, logged, row).qualifies)
    .map(({ plannedMs }) => plannedMs);

const wasHeard = (sound: Sound): boolean =>
  isDated(sound) && !isEmergency(sound) && sound.audible.length > 0;

/** Whether the log accounts for all of the day, and the day is over. */
const isComplete = (log: AsRunLog, { startMs, endMs }: LocalDayRow): boolean =>
  log.nowMs >= endMs && gapInReach(reachOf(log), { fromMs: startMs, toMs: endMs }) === null;

/** A day that is over: what the speaker was to play on it, and its log, which may not reach it. */
export interface PastDay {
  readonly input: PlanInput;
  readonly row: LocalDayRow;
  readonly playlist: Playlist | null;
  readonly log: AsRunLog;
}

/**
 * What a past day has aired: by its log, repayments and what was played by hand included, once the
 * log accounts for all of it; until then it counts as planned, so that a box that is only out of
 * reach is not planned for twice. Null for a silent day. `input.aired` are the days before it.
 * Source: docs/adr/0011-the-speaker-repays.md.
 */
export const pastToAiredDay = ({ input, row, playlist, log }: PastDay): AiredDay | null => {
  if (!isComplete(log, row)) return playlist && toAiredDay(input, playlist);
  const isHeard = log.sessions.some(
    ({ plannedMs, sounds }) => rowAt([row], plannedMs) !== undefined && sounds.some(wasHeard),
  );
  return isHeard ? toDayWith(input, (rule) => loggedStarts(log, rule, row)) : null;
};
