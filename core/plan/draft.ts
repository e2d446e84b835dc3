import type { Session } from '#schemas/playlist.ts';
import type { Id, Interval } from '#schemas/primitives.ts';
import { buildSession, type Part, sessionEndMs, sessionLengthMs } from './build-session.ts';
import type { DayFrame } from './day-frame.ts';
import type { LeastFill } from './least-fill.ts';
import type { PlanInput } from './plan-input.ts';
import { lastPlayedIn } from './rotation.ts';

/**
 * A session of the plan; `parts` is null where it is kept as it was and never built anew.
 * `isStaggered` says that its start is final.
 */
export interface Placed {
  readonly session: Session;
  readonly startMs: number;
  readonly endMs: number;
  readonly parts: readonly Part[] | null;
  readonly isStaggered: boolean;
}

/** A day's plan in the making. */
export interface Draft {
  readonly input: PlanInput;
  readonly frame: DayFrame;
  readonly openFromMs: number;
  readonly placed: readonly Placed[];
  readonly leastFill: LeastFill;
}

const MINUTE_MS = 60_000;

/** A session as a draft holds it; without `parts` it is neither built anew nor moved. */
export const toPlaced = (session: Session, parts: readonly Part[] | null): Placed => ({
  session,
  startMs: session.startMs ?? 0,
  endMs: sessionEndMs(session),
  parts,
  isStaggered: parts === null,
});

/** The draft with one more session, in order of their starts. */
export const withPlaced = (draft: Draft, placed: Placed): Draft => ({
  ...draft,
  placed: [...draft.placed, placed].sort((a, b) => a.startMs - b.startMs),
});

/** The draft without one of its sessions. */
export const withoutPlaced = (draft: Draft, placed: Placed): Draft => ({
  ...draft,
  placed: draft.placed.filter((each) => each !== placed),
});

/** A session of these parts as it would be built at an instant, after what plays before it. */
export const buildAt = (
  draft: Draft,
  startMs: number,
  parts: readonly Part[],
): Placed | undefined => {
  const { input, frame } = draft;
  const known = new Map<Id, number>(input.played.map((each) => [each.bulletin, each.lastMs]));
  const others = draft.placed.filter((each) => each.startMs < startMs);
  const toDayEndMin = Math.floor((frame.row.endMs - startMs) / MINUTE_MS);
  const session = buildSession({
    startMs,
    parts,
    bulletins: input.bulletins.filter((bulletin) => bulletin.priority !== 'emergency'),
    frame: input.frame,
    last: lastPlayedIn(
      known,
      others.map((each) => each.session),
    ),
    latestStartMin: Math.min(input.settings.latestStartMin, toDayEndMin),
    volume: input.settings.volume,
    leastFill: draft.leastFill,
  });
  return session === undefined ? undefined : toPlaced(session, parts);
};

const soundOnDay = (draft: Draft, stretch: Interval): number => {
  const { startMs, endMs } = draft.frame.row;
  return Math.max(0, Math.min(stretch.toMs, endMs) - Math.max(stretch.fromMs, startMs));
};

/** Whether the caps allow the session beside what the draft holds. Source: AIRTIME.md, 4. */
export const keepsCaps = (draft: Draft, placed: Placed): boolean => {
  const { frame } = draft;
  const sounding = [
    ...frame.occupied,
    ...[...draft.placed, placed].map((each) => ({ fromMs: each.startMs, toMs: each.endMs })),
  ];
  const { startMs, endMs } = frame.row;
  const sessions = sounding.filter(({ fromMs }) => fromMs >= startMs && fromMs < endMs).length;
  const dayMs = sounding.reduce((sum, stretch) => sum + soundOnDay(draft, stretch), 0);
  return (
    sessions <= (frame.maxSessions ?? Number.POSITIVE_INFINITY) &&
    sessionLengthMs(placed.session) <= (frame.maxSessionMs ?? Number.POSITIVE_INFINITY) &&
    dayMs <= (frame.maxDayMs ?? Number.POSITIVE_INFINITY)
  );
};
