import { expect, test } from 'vitest';
import { sortSessions } from '#core/playback/candidates.ts';
import { emptyBook } from '#core/playback/session-book.ts';
import { createDayTable } from '#runtime/day-table.ts';
import type { Playlist } from '#schemas/playlist.ts';

const DAY = '2026-03-02';
const NAME = 'a'.repeat(64);
const at = (clock: string, day = DAY): number => Date.parse(`${day}T${clock}+07:00`);
const startMs = at('23:40:00');
const MIDNIGHT = at('00:00:00', '2026-03-03');

const playlist = (late?: { readonly do: 'restart'; readonly withinMin: number }): Playlist => ({
  ...{ v: 1, site: 'lang-thu', day: DAY },
  sessions: [
    {
      ...{ id: `p-${startMs}`, startMs, latestStartMin: 60, drill: false, priority: 'normal' },
      ...{ volume: null, ...(late === undefined ? {} : { late }) },
      slots: [
        {
          ...{ offsetMs: 0, durationMs: 3_600_000, kind: 'live', clip: null, bulletin: null },
          ...{ campaigns: [], role: 'bulletin', priority: 'normal', validFromMs: 0 },
          expiresMs: at('00:00:00', '2026-04-01'),
        },
      ],
    },
  ],
});

test.each([
  { why: 'joined where it would be', late: undefined },
  { why: 'begun again from its first item', late: { do: 'restart', withinMin: 60 } as const },
])('a session that was not begun on its own day is not begun any more: $why', ({ late }) => {
  const openAt = (nowMs: number) =>
    sortSessions({
      ...{ nowMs, planned: [NAME], documents: new Map([[NAME, playlist(late)]]) },
      ...{ book: emptyBook, table: createDayTable('Asia/Ho_Chi_Minh', DAY, 2), current: null },
      taken: new Set(),
    });
  expect(openAt(MIDNIGHT - 1).open).toHaveLength(1);
  expect(openAt(MIDNIGHT + 1)).toMatchObject({ open: [], tooLate: [{ begun: false }] });
});
