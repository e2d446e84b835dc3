import type { Playlist, Session } from '#schemas/playlist.ts';
import type { Id } from '#schemas/primitives.ts';
import type { LastPlayed, PlanBulletin } from './plan-input.ts';

/** When each bulletin of these sessions is played last, joined with what was known before. */
export const lastPlayedIn = (
  known: ReadonlyMap<Id, number>,
  sessions: readonly Session[],
): Map<Id, number> => {
  const last = new Map(known);
  for (const session of sessions) {
    for (const slot of session.slots) {
      if (slot.bulletin === null) continue;
      const atMs = (session.startMs ?? 0) + slot.offsetMs;
      last.set(slot.bulletin, Math.max(atMs, last.get(slot.bulletin) ?? 0));
    }
  }
  return last;
};

/**
 * The rotation that the next day's plan starts from, when `playlist` goes before it; by bulletin id.
 * Source: AIRTIME.md, 5 (rotation across days).
 */
export const rotationAfter = (
  played: readonly LastPlayed[],
  playlist: Playlist,
): readonly LastPlayed[] => {
  const known = new Map(played.map((each) => [each.bulletin, each.lastMs]));
  return [...lastPlayedIn(known, playlist.sessions)]
    .map(([bulletin, lastMs]) => ({ bulletin, lastMs }))
    .sort((a, b) => (a.bulletin < b.bulletin ? -1 : 1));
};

/** Most urgent, then newest, then by id. Source: AIRTIME.md, 5. */
export const byUrgency = (a: PlanBulletin, b: PlanBulletin): number => {
  if (a.priority !== b.priority) return a.priority === 'priority' ? -1 : 1;
  return b.releasedMs - a.releasedMs || (a.id < b.id ? -1 : 1);
};

/** The bulletins in the order of their turn: longest not played first, never played before all. */
export const inTurn = (
  bulletins: readonly PlanBulletin[],
  last: ReadonlyMap<Id, number>,
): PlanBulletin[] =>
  [...bulletins].sort((a, b) => (last.get(a.id) ?? -1) - (last.get(b.id) ?? -1) || byUrgency(a, b));
