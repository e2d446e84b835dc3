import type { Playlist, Session } from '#schemas/playlist.ts';
import type { Daypart } from '#schemas/primitives.ts';
import type { Manner } from '#schemas/session-manner.ts';
import {
  type DayTable,
  type LocalDayRow,
  localTimeToMinutes,
  rowAt,
  wallMinutesAt,
} from '../local-time.ts';
import { type PlanInput, type PlanSettings, SETTLED_LEAD_MS } from './plan-input.ts';

const isInside = ({ from, to }: Daypart, minutes: number): boolean => {
  const [first, end] = [localTimeToMinutes(from), localTimeToMinutes(to)];
  if (first === end) return true;
  return first < end ? first <= minutes && minutes < end : minutes >= first || minutes < end;
};

/** The first of these parts of the day in which the instant lies by local wall time. */
export const daypartAt = <T extends Daypart>(
  parts: readonly T[],
  row: LocalDayRow,
  instantMs: number,
): T | undefined => {
  const minutes = Math.floor(wallMinutesAt(row, instantMs));
  return parts.find((part) => isInside(part, minutes));
};

const mannerAt = (
  { manners = [] }: PlanSettings,
  table: DayTable,
  startMs: number,
): Manner | undefined => {
  const row = rowAt(table, startMs);
  return row === undefined ? undefined : daypartAt(manners, row, startMs);
};

/**
 * The playlist with each session as loud, and as lenient with who comes late, as the daypart in which
 * it begins wants it, or else the site. Sessions that have begun, or begin too soon to be moved, stay
 * as they were, also those that lost an item to a withdrawal.
 */
export const withManners = (playlist: Playlist, input: PlanInput): Playlist => {
  const { settings, table, nowMs, previous } = input;
  const before = new Map(previous?.sessions.map((session) => [session.startMs, session]));
  const inManner = (session: Session): Session => {
    const { late: _, ...rest } = session;
    if (session.startMs === null) return session;
    const isSettled = session.startMs < nowMs + SETTLED_LEAD_MS;
    const was = isSettled ? before.get(session.startMs) : undefined;
    const manner = mannerAt(settings, table, session.startMs);
    const late = was ? was.late : (manner?.late ?? settings.late);
    const volume = was ? was.volume : (manner?.volume ?? settings.volume);
    return late === undefined || late.do === 'join'
      ? { ...rest, volume }
      : { ...rest, volume, late };
  };
  return { ...playlist, sessions: playlist.sessions.map(inManner) };
};
