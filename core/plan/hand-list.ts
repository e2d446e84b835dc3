import type { Playlist } from '#schemas/playlist.ts';
import { MAX_SLOTS_PER_SESSION } from '#schemas/playlist.ts';
import { itemsToSlots } from './build-session.ts';
import type { FrameItem, PlanBulletin } from './plan-input.ts';

export interface HandListWanted {
  readonly site: string;
  /** In the order in which they are to sound, at least one; more than a session holds are cut off. */
  readonly items: readonly (PlanBulletin | FrameItem)[];
  /** A drill earns no airtime. */
  readonly drill: boolean;
  readonly latestStartMin: number;
  readonly volume: number | null;
}

/**
 * A list to be played by hand: one session without a day, a start or an id, which begins when its
 * order says; gapless, in the given order. Source: schemas/playlist.ts; AIRTIME.md, 2.
 */
export const handList = (wanted: HandListWanted): Playlist => ({
  v: 1,
  site: wanted.site,
  day: null,
  sessions: [
    {
      id: null,
      startMs: null,
      latestStartMin: wanted.latestStartMin,
      drill: wanted.drill,
      priority: 'normal',
      volume: wanted.volume,
      slots: itemsToSlots(wanted.items.slice(0, MAX_SLOTS_PER_SESSION)),
    },
  ],
});
