import type { Playlist, Session } from '#schemas/playlist.ts';
import type { Daypart } from '#schemas/primitives.ts';
import type { Manner } from '#schemas/session-manner.ts';
import { type DayTable, localTimeToMinutes, rowAt, wallMinutesAt } from '../local-time.ts';
import { type PlanInput, type PlanSettings, SETTLED_LEAD_MS } from './plan-input.ts';

const isInside = ({ from, to }: Daypart, minutes: number): boolean => {
  const [first, end] = [localTimeToMinutes(from), localTimeToMinutes(to)];
  if (first === end) return true;
  return first < end ? first <= minutes && minutes < end : minutes >= first || minutes < end;
};

const mannerAt = (
  { manners = [] }: PlanSettings,
  table: DayTable,
  startMs: number,
): Manner | undefined => {
  const row = rowAt(table, startMs);
  if (row === undefined) return undefined;
  const minutes = Math.floor(wallMinutesAt(row, startMs));
  return manners.find((manner) => isInside(manner, minutes));
};

/**
 * The playlist with each session as loud, and as lenient with who comes late, as the daypart in which
 * it begins wants it, or else the site. Sessions that have begun, or begin too soon to be moved, stay
 * as they are.
 */
export const withManners = (playlist: Playlist, input: PlanInput): Playlist => {
  const { settings, table, nowMs } = input;
  const inManner = (session: Session): Session => {
    const { late: _, ...rest } = session;
    if (session.startMs === null || session.startMs < nowMs + SETTLED_LEAD_MS) return session;
    const manner = mannerAt(settings, table, session.startMs);
    const late = manner?.late ?? settings.late ?? { do: 'join' };
    const volume = manner?.volume ?? settings.volume;
    return late.do === 'join' ? { ...rest, volume } : { ...rest, volume, late };
  };
  return { ...playlist, sessions: playlist.sessions.map(inManner) };
};
