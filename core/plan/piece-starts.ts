import type { AirtimeRule } from '#schemas/airtime.ts';
import type { Demand } from './demand.ts';
import type { Draft } from './draft.ts';
import type { Piece } from './piece.ts';
import { occurrencesIn } from './place-demand.ts';
import { earlierStarts } from './planned-occurrences.ts';

const MINUTE_MS = 60_000;

interface Place {
  readonly empty: Draft;
  readonly demands: readonly Demand[];
}

interface Standing {
  readonly freeMs: number;
  readonly spacedMs: readonly number[];
  readonly dayMs: number;
}

/** The first instant from `atMs` on that keeps the rule's spacing to sessions that stay. */
const spacedFrom = (atMs: number, stays: readonly number[], rule: AirtimeRule): number => {
  const spacingMs = rule.minSpacingMin * MINUTE_MS;
  let startMs = atMs;
  for (const other of [...stays].sort((a, b) => a - b)) {
    if (Math.abs(startMs - other) < spacingMs) startMs = other + spacingMs;
  }
  return startMs;
};

/** The first instant of a stretch at which the piece keeps clear of all before it. */
const earliest = (place: Place, state: Standing, piece: Piece): number => {
  let startMs = state.freeMs;
  for (const demand of piece.demands) {
    const index = place.demands.indexOf(demand);
    const stays = [
      ...earlierStarts(place.empty.input, demand.rule),
      ...occurrencesIn(place.empty, demand),
    ];
    startMs = spacedFrom(Math.max(startMs, state.spacedMs[index] ?? 0), stays, demand.rule);
  }
  return startMs;
};

/** Where the day's end takes as much of a session as the caps do not allow before it. */
const overMidnight = (place: Place, state: Standing): number[] => {
  const { maxDayMs, row } = place.empty.frame;
  return maxDayMs === null ? [] : [row.endMs - Math.max(0, maxDayMs - state.dayMs)];
};

/**
 * The starts of a piece that need be tried: in each stretch the earliest one; those at which a bulletin
 * becomes valid; and the one that leaves the rest of a session to the next day. Any other plan can be
 * moved to one of them.
 */
export const startsFor = (place: Place, state: Standing, piece: Piece): number[] => {
  const { frame, input } = place.empty;
  const validFrom = piece.steadyMs === null ? input.bulletins.map((each) => each.validFromMs) : [];
  const starts = piece.open.flatMap((stretch) => {
    const first = earliest(
      place,
      { ...state, freeMs: Math.max(stretch.fromMs, state.freeMs) },
      piece,
    );
    const later = [...validFrom, ...overMidnight(place, state)].filter((ms) => ms > first);
    return [first, ...new Set(later)].filter(
      (ms) => ms < Math.min(stretch.toMs, frame.row.endMs) && ms >= stretch.fromMs,
    );
  });
  return [...new Set(starts)];
};
