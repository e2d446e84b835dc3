import { expect, test } from 'vitest';
import { playlistsAsAired } from '#core/airtime/playlist-as-aired.ts';
import type { Playlist, Session } from '#schemas/playlist.ts';
import { logRecordSchema } from '#schemas/records/log-record.ts';
import { plannedSessionId } from '#schemas/session.ts';
import { at, inputOf, MINUTE, rule, verdictOn } from './support/court.ts';
import { bulletin, campaign, speakerA } from './support/ids.ts';

const sessionAt = (startMs: number | null, minutes: number, drill = false): Session => ({
  id: startMs === null ? null : plannedSessionId(startMs),
  startMs,
  latestStartMin: 60,
  drill,
  priority: 'normal',
  volume: null,
  slots: [0, 1].map((index) => ({
    offsetMs: (index * minutes * MINUTE) / 2,
    durationMs: (minutes * MINUTE) / 2,
    kind: 'clip',
    clip: { sha256: 'a'.repeat(64), bytes: 1, durationMs: (minutes * MINUTE) / 2 },
    bulletin,
    campaigns: [campaign],
    role: 'bulletin',
    priority: 'normal',
    validFromMs: 0,
    expiresMs: at(30, '00:00'),
  })),
});

const airing = { speaker: speakerA, fromMs: at(0, '00:00') - 1, toMs: at(1, '00:00') };
const logOf = (...sessions: Session[]) => {
  const playlist: Playlist = { v: 1, site: 'lang-thu', day: '2026-03-02', sessions };
  return playlistsAsAired([playlist], airing);
};
const rules = [rule({ minOccurrences: 2, minSpacingMin: 60 })];
const verdictOf = (...sessions: Session[]) =>
  verdictOn(inputOf(logOf(...sessions), { rules, nowMs: airing.toMs }));

test('a plan that meets the rule is judged met when it is aired exactly', () => {
  const verdict = verdictOf(sessionAt(at(0, '05:30'), 30), sessionAt(at(0, '17:00'), 30));
  expect(verdict).toMatchObject({ verdict: 'met', has: 2 });
  expect(verdict.sessions.map(({ timing }) => timing)).toEqual(['onTime', 'onTime']);
});

test('a plan that does not is judged by what is missing in it, never unknown', () => {
  const verdict = verdictOf(sessionAt(at(0, '05:30'), 30), sessionAt(at(0, '17:00'), 20));
  expect(verdict).toMatchObject({ verdict: 'tooShort', shortfall: { seconds: 600 } });
  expect(verdictOf().verdict).toBe('tooFew');
});

test('drills and lists to be played by hand leave nothing that earns', () => {
  const drill = sessionAt(at(0, '05:30'), 30, true);
  expect(verdictOf(drill, sessionAt(null, 30))).toMatchObject({ verdict: 'tooFew', has: 0 });
});

test('every record of it has the form of a record', () => {
  for (const record of logOf(sessionAt(at(0, '05:30'), 30))) {
    expect(logRecordSchema.parse(record)).toEqual(record);
  }
});
