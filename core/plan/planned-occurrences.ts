import { dayToNumber } from '#core/airtime/day-number.ts';
import type { AirtimeRule } from '#schemas/airtime.ts';
import type { Playlist } from '#schemas/playlist.ts';
import { windowsOf } from './day-frame.ts';
import type { AiredDay, PlanInput } from './plan-input.ts';
import { qualifies, spacedStarts } from './qualify.ts';
import { rulesOn } from './shares.ts';

/** The planned starts of the playlist's sessions that qualify under the rule, as many as count. */
const plannedStarts = (input: PlanInput, rule: AirtimeRule, playlist: Playlist): number[] => {
  const windows = windowsOf(input, rule);
  const starts = playlist.sessions
    .filter((session) => !session.drill && qualifies(session, rule, windows))
    .map(({ startMs }) => startMs ?? 0);
  return spacedStarts(starts, rule, earlierStarts(input, rule));
};

/** The day as it will have been aired when the playlist of `input.day` is; null when it is silent. */
export const toAiredDay = (input: PlanInput, playlist: Playlist): AiredDay | null => {
  if (playlist.sessions.length === 0) return null;
  const rules = rulesOn(input, dayToNumber(input.day)).map(({ rule }) => rule);
  const occurrences = rules.flatMap((rule) =>
    plannedStarts(input, rule, playlist).map((startMs) => ({ rule: rule.id, startMs })),
  );
  return { day: input.day, occurrences };
};

/** The starts of the rule's occurrences on days before, to which its spacing reaches as well. */
export const earlierStarts = (input: PlanInput, rule: AirtimeRule): number[] =>
  rule.per === 'day'
    ? []
    : (input.aired ?? []).flatMap(({ occurrences }) =>
        occurrences.filter((each) => each.rule === rule.id).map(({ startMs }) => startMs),
      );
