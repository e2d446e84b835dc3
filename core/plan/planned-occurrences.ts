import { dayToNumber } from '#core/airtime/day-number.ts';
import type { AirtimeRule } from '#schemas/airtime.ts';
import type { Playlist } from '#schemas/playlist.ts';
import { windowsOf } from './day-frame.ts';
import type { AiredDay, PlanInput } from './plan-input.ts';
import { qualifies, spacedStarts } from './qualify.ts';
import { rulesOn } from './shares.ts';

/** The planned starts of the playlist's sessions that qualify under the rule. */
const plannedStarts = (
  input: PlanInput,
  rule: AirtimeRule,
  playlist: Playlist,
): readonly number[] => {
  const windows = windowsOf(input, rule);
  return playlist.sessions
    .filter((session) => !session.drill && qualifies(session, rule, windows))
    .map(({ startMs }) => startMs ?? 0);
};

/**
 * The day of the input with the occurrences of each rule in force on it, as many of those that
 * qualify as keep its spacing.
 */
export const toDayWith = (
  input: PlanInput,
  startsUnder: (rule: AirtimeRule) => readonly number[],
): AiredDay => {
  const rules = rulesOn(input, dayToNumber(input.day)).map(({ rule }) => rule);
  const occurrences = rules.flatMap((rule) =>
    spacedStarts(startsUnder(rule), rule, earlierStarts(input, rule)).map((startMs) => ({
      rule: rule.id,
      startMs,
    })),
  );
  return { day: input.day, occurrences };
};

/** The day as it will have been aired when the playlist of `input.day` is; null when it is silent. */
export const toAiredDay = (input: PlanInput, playlist: Playlist): AiredDay | null =>
  playlist.sessions.length === 0
    ? null
    : toDayWith(input, (rule) => plannedStarts(input, rule, playlist));

/** The starts of the rule's occurrences on days before, to which its spacing reaches as well. */
export const earlierStarts = (input: PlanInput, rule: AirtimeRule): number[] =>
  rule.per === 'day'
    ? []
    : (input.aired ?? []).flatMap(({ occurrences }) =>
        occurrences.filter((each) => each.rule === rule.id).map(({ startMs }) => startMs),
      );
