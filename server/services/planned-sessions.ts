import { plannedIdsOf } from '#core/airtime/planned-days.ts';
import { playlistSchema } from '#schemas/playlist.ts';
import type { LocalDay } from '#schemas/primitives.ts';
import type { SessionId } from '#schemas/session.ts';
import type { Change, Store } from '../ports/store.ts';

const noteName = (speaker: string, day: LocalDay): string => `planned/${speaker}/${day}`;

/** Remembers which document a speaker had on a day, once its pointer names the day no more. */
export const pastDayToChange = (speaker: string, day: LocalDay, hash: string): Change => ({
  do: 'put',
  what: 'note',
  value: { name: noteName(speaker, day), text: hash },
});

/** The name of the document that a speaker has, or last had, on a day; undefined when there is none. */
export const playlistOn = async (
  store: Pick<Store, 'pointerOf' | 'note'>,
  speaker: string,
  day: LocalDay,
): Promise<string | undefined> => {
  const pointer = await store.pointerOf(speaker);
  return pointer?.days[day] ?? store.note(noteName(speaker, day));
};

/** The sessions that a speaker was told to play on the days, ascending. */
export const plannedSessions = async (
  store: Pick<Store, 'pointerOf' | 'note' | 'playlistBySha256'>,
  speaker: string,
  days: readonly LocalDay[],
): Promise<readonly SessionId[]> => {
  const found: SessionId[] = [];
  for (const day of days) {
    const hash = await playlistOn(store, speaker, day);
    const stored = hash === undefined ? undefined : await store.playlistBySha256(hash);
    if (stored === undefined) continue;
    found.push(...plannedIdsOf(playlistSchema.parse(JSON.parse(stored.text))));
  }
  return found;
};
