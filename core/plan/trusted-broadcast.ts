import type { AsRunLog } from '#core/airtime/as-run-log.ts';
import { dayToNumber } from '#core/airtime/day-number.ts';
import { spansOf } from '#core/airtime/periods.ts';
import type { LocalDayRow } from '#core/local-time.ts';
import { windowsOn } from '#core/make-good/windows-on.ts';
import { sessionEndMs } from '#core/playback/segment.ts';
import type { AirtimeRule } from '#schemas/airtime.ts';
import type { Playlist } from '#schemas/playlist.ts';
import { loggedStarts } from './logged-occurrences.ts';
import { qualifies } from './qualify.ts';

/** How long after its planned end a session may still be on its way into the log here. */
export const TRUST_MS = 300_000;

/** The version of a rule that judges the day; undefined where none is in force. */
export const versionOn = (
  versions: readonly AirtimeRule[],
  { day }: Pick<LocalDayRow, 'day'>,
): AirtimeRule | undefined => {
  const number = dayToNumber(day);
  return spansOf(versions, number).find(({ from, to }) => from <= number && number <= to)?.rule;
};

/** A speaker's day under a rule: what it is to play, and what its log says. */
export interface TrustedDay {
  readonly rule: AirtimeRule;
  readonly row: LocalDayRow;
  readonly playlist: Playlist | null;
  readonly log: AsRunLog;
}

/**
 * Until when a day counts as one on which the rule was broadcast, in epoch milliseconds: for ever
 * where the log shows a qualifying occurrence; else until `TRUST_MS` after the end of the last
 * session planned to be one; null where there is neither. What is planned above is trusted, or those
 * below would always broadcast as well. Once that time is over without a trace in the log, the
 * session counts as failed, whether the speaker was silent or only out of reach: rather twice on air
 * than a village silent because of a broadcast that nobody heard. Source: AIRTIME.md, 1 ("only on
 * days on which the ward did not broadcast") and 4 (`exempt`).
 */
export const broadcastUntil = ({ rule, row, playlist, log }: TrustedDay): number | null => {
  if (loggedStarts(log, rule, row).length > 0) return Number.POSITIVE_INFINITY;
  const windows = windowsOn(row, rule);
  const ends = (playlist?.sessions ?? [])
    .filter((session) => !session.drill && qualifies(session, rule, windows))
    .map((session) => sessionEndMs(session, session.startMs ?? 0) + TRUST_MS)
    .filter((untilMs) => untilMs > log.nowMs);
  return ends.length === 0 ? null : Math.max(...ends);
};
