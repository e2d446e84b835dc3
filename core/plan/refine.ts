import { plannedSessionId } from '#schemas/session.ts';
import { mayStand, type Part } from './build-session.ts';
import type { Demand } from './demand.ts';
import { buildAt, type Draft, type Placed, withoutPlaced } from './draft.ts';
import { replaced, servedBy } from './fit.ts';
import { occurrencesIn } from './place-demand.ts';

const SECOND_MS = 1000;
const MINUTE_MS = 60_000;

/** The same parts with all having their turn, each longer by `moreMs`. */
const inTurns = (parts: readonly Part[], moreMs: number): Part[] =>
  parts.map((part) => ({ ...part, order: 'turn', targetMs: part.targetMs + moreMs }));

/**
 * The draft with each session that a search made as short as it could filled as it should be, where
 * it then still stands: with its margin, or at least with everybody's turn. Source: AIRTIME.md, 5.
 */
export const refill = (draft: Draft, demands: readonly Demand[]): Draft => {
  let current = draft;
  for (const from of draft.placed) {
    if (from.parts?.every(({ order }) => order === 'turn') ?? true) continue;
    for (const moreMs of [draft.input.settings.marginS * SECOND_MS, 0]) {
      const rest = withoutPlaced(current, from);
      const to = buildAt(rest, from.startMs, inTurns(from.parts ?? [], moreMs));
      const next = to && replaced(current, { from, to }, demands);
      if (next === undefined) continue;
      current = next;
      break;
    }
  }
  return current;
};

/** The starts of the playlist before, as planned and before they were staggered. */
const startsBefore = ({ input }: Draft): ReadonlySet<number> =>
  new Set(
    (input.previous?.sessions ?? []).flatMap(({ startMs }) => [
      startMs ?? 0,
      (startMs ?? 0) - input.settings.staggerS * SECOND_MS,
    ]),
  );

/**
 * The draft without the sessions that no demand needs, the latest of them taken out first; those of
 * the playlist before stay.
 */
export const prune = (draft: Draft, demands: readonly Demand[]): Draft => {
  const before = startsBefore(draft);
  let current = draft;
  for (const placed of draft.placed.toReversed()) {
    const rest = withoutPlaced(current, placed);
    const isNeeded = demands.some((demand) => {
      const had = Math.min(demand.occurrences, occurrencesIn(current, demand).length);
      return occurrencesIn(rest, demand).length < had;
    });
    if (placed.parts !== null && !isNeeded && !before.has(placed.startMs)) current = rest;
  }
  return current;
};

/** The session as it is, later by `byMs` and for good; undefined where an item could not sound then. */
export const later = (draft: Draft, placed: Placed, byMs: number): Placed | undefined => {
  const startMs = placed.startMs + byMs;
  if (!placed.session.slots.every((slot) => mayStand(slot, startMs))) return undefined;
  const toDayEndMin = Math.floor((draft.frame.row.endMs - startMs) / MINUTE_MS);
  const latestStartMin = Math.min(draft.input.settings.latestStartMin, toDayEndMin);
  const session = { ...placed.session, id: plannedSessionId(startMs), startMs, latestStartMin };
  return { ...placed, session, startMs, endMs: placed.endMs + byMs, isStaggered: true };
};

/**
 * The draft with its sessions begun later than those of neighbouring speakers, by the setting, each
 * where it then still stands and the rules it serves take such a start for punctual. What stays from
 * before and fixed programmes are not moved; emergencies are never planned. Source: AIRTIME.md, 5.
 */
export const stagger = (draft: Draft, demands: readonly Demand[]): Draft => {
  const byMs = draft.input.settings.staggerS * SECOND_MS;
  if (byMs === 0) return draft;
  let current = draft;
  for (const from of draft.placed.toReversed()) {
    const served = servedBy(current, from, demands);
    const isPunctual = served.every(({ rule }) => byMs <= rule.startToleranceS * SECOND_MS);
    const to = from.isStaggered || !isPunctual ? undefined : later(current, from, byMs);
    current = (to && replaced(current, { from, to }, demands)) ?? current;
  }
  return current;
};
