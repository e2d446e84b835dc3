import type { Demand } from './demand.ts';
import { type Draft, withPlaced } from './draft.ts';
import { buildPiece, PAUSE_MS, type Piece, toPiece } from './piece.ts';
import { startsFor } from './piece-starts.ts';
import { occurrencesIn } from './place-demand.ts';

/** How many sessions one search places and takes back before it gives up. */
export const MAX_SEARCH_STEPS = 4000;
/** Up to so many demands every way of joining them in one session is tried. */
const MAX_JOINED = 5;
const MINUTE_MS = 60_000;

/** Where a search stands: what is missing of each demand, and what the placed sessions leave open. */
export interface SearchState {
  readonly freeMs: number;
  readonly missing: readonly number[];
  /** From when on each demand's next occurrence keeps its spacing. */
  readonly spacedMs: readonly number[];
  readonly sessions: number;
  readonly dayMs: number;
}

export type Searched =
  | { readonly outcome: 'found'; readonly draft: Draft }
  | { readonly outcome: 'none' }
  | { readonly outcome: 'gaveUp'; readonly bound: number };

interface Step {
  readonly piece: Piece;
  readonly startMs: number;
}

/** What the search looks for: a plan, or only whether shortest sessions of any filling could fit. */
type Aim = 'plan' | 'bound';

interface Search {
  readonly empty: Draft;
  readonly demands: readonly Demand[];
  readonly pieces: readonly Piece[];
  readonly aim: Aim;
  readonly failed: Map<string, SearchState[]>;
  steps: number;
}

/** Every choice of at least one of the demands, the largest first; of many, one or two. */
const choicesOf = (demands: readonly Demand[]): Demand[][] => {
  if (demands.length > MAX_JOINED) {
    return demands.flatMap((one, index) => [
      ...demands.slice(index + 1).map((other) => [one, other]),
      [one],
    ]);
  }
  const choices: Demand[][] = [];
  for (let mask = 1; mask < 1 << demands.length; mask += 1) {
    choices.push(demands.filter((_, bit) => (mask >> bit) & 1));
  }
  return choices.sort((a, b) => b.length - a.length);
};

const isNoBetter = (state: SearchState, than: SearchState): boolean =>
  state.freeMs >= than.freeMs &&
  state.sessions >= than.sessions &&
  state.dayMs >= than.dayMs &&
  state.spacedMs.every((ms, index) => Math.max(ms, state.freeMs) >= (than.spacedMs[index] ?? 0));

const isHopeless = (search: Search, state: SearchState): boolean => {
  const most = Math.max(0, ...state.missing);
  const maxSessions = search.empty.frame.maxSessions ?? Number.POSITIVE_INFINITY;
  if (state.sessions + most > maxSessions) return true;
  const failed = search.failed.get(state.missing.join()) ?? [];
  return failed.some((each) => isNoBetter(state, each));
};

const lengthAt = (search: Search, { piece, startMs }: Step): number | undefined => {
  if (search.aim === 'bound') return piece.leastMs;
  if (piece.steadyMs !== null) return piece.steadyMs;
  const built = buildPiece(search.empty, piece, startMs);
  return built && built.endMs - startMs;
};

/** The state after one more session; undefined where it cannot stand. */
const after = (search: Search, state: SearchState, step: Step): SearchState | undefined => {
  const { frame } = search.empty;
  const { piece, startMs } = step;
  const lengthMs = lengthAt(search, step);
  const stretch = piece.open.find(({ fromMs, toMs }) => fromMs <= startMs && startMs < toMs);
  if (lengthMs === undefined || stretch === undefined) return undefined;
  const endMs = startMs + lengthMs;
  const dayMs = state.dayMs + Math.min(endMs, frame.row.endMs) - startMs;
  const isWithin =
    endMs <= stretch.toMs &&
    lengthMs <= (frame.maxSessionMs ?? Number.POSITIVE_INFINITY) &&
    dayMs <= (frame.maxDayMs ?? Number.POSITIVE_INFINITY) &&
    state.sessions + 1 <= (frame.maxSessions ?? Number.POSITIVE_INFINITY);
  if (!isWithin) return undefined;
  const served = search.demands.map((demand) => piece.demands.includes(demand));
  return {
    freeMs: endMs + PAUSE_MS,
    missing: state.missing.map((count, index) => (served[index] ? count - 1 : count)),
    spacedMs: state.spacedMs.map((ms, index) => {
      const spacingMs = (search.demands[index]?.rule.minSpacingMin ?? 0) * MINUTE_MS;
      return served[index] ? startMs + spacingMs : ms;
    }),
    sessions: state.sessions + 1,
    dayMs,
  };
};

const isDone = ({ missing }: SearchState): boolean => missing.every((count) => count <= 0);

/** The next sessions that could be tried, the earliest first. */
const stepsFrom = (search: Search, state: SearchState): Step[] =>
  search.pieces
    .filter(({ demands }) =>
      demands.every((demand) => (state.missing[search.demands.indexOf(demand)] ?? 0) > 0),
    )
    .flatMap((piece) => startsFor(search, state, piece).map((startMs) => ({ piece, startMs })))
    .sort((a, b) => a.startMs - b.startMs || b.piece.demands.length - a.piece.demands.length);

/** The sessions that serve all that is missing; null where there are none; undefined at the bound. */
const visit = (search: Search, state: SearchState): Step[] | null | undefined => {
  if (isDone(state)) return [];
  if (isHopeless(search, state)) return null;
  for (const step of stepsFrom(search, state)) {
    search.steps += 1;
    if (search.steps > MAX_SEARCH_STEPS) return undefined;
    const next = after(search, state, step);
    const rest = next === undefined ? null : visit(search, next);
    if (rest === undefined) return undefined;
    if (rest !== null) return [step, ...rest];
  }
  const key = state.missing.join();
  search.failed.set(key, [...(search.failed.get(key) ?? []), state]);
  return null;
};

const stateOf = (empty: Draft, demands: readonly Demand[]): SearchState => {
  const { row, occupied } = empty.frame;
  const sounding = [
    ...occupied,
    ...empty.placed.map(({ startMs, endMs }) => ({ fromMs: startMs, toMs: endMs })),
  ];
  const cut = ({ fromMs, toMs }: { fromMs: number; toMs: number }) =>
    Math.max(0, Math.min(toMs, row.endMs) - Math.max(fromMs, row.startMs));
  return {
    freeMs: empty.openFromMs,
    missing: demands.map((demand) => demand.occurrences - occurrencesIn(empty, demand).length),
    spacedMs: demands.map(() => Number.NEGATIVE_INFINITY),
    sessions: sounding.filter(({ fromMs }) => fromMs >= row.startMs && fromMs < row.endMs).length,
    dayMs: sounding.reduce((sum, each) => sum + cut(each), 0),
  };
};

const run = (
  empty: Draft,
  demands: readonly Demand[],
  how: { readonly aim: Aim; readonly pieces: readonly Piece[] },
) => visit({ empty, demands, ...how, failed: new Map(), steps: 0 }, stateOf(empty, demands));

const toDraft = (empty: Draft, steps: readonly Step[]): Draft | undefined => {
  let draft = empty;
  for (const { piece, startMs } of steps) {
    const placed = buildPiece(draft, piece, startMs);
    if (placed === undefined) return undefined;
    draft = withPlaced(draft, placed);
  }
  return draft;
};

/**
 * Looks for the demands' missing occurrences in every order and every joining of demands, each session
 * as short and as early as it can be: `found` holds them all, `none` says that no plan exists, `gaveUp`
 * that the bound (in sessions tried) was reached first. What is taken for granted: sessions lie whole
 * in a daypart of each rule they serve and `PAUSE_MS` apart, and hold the bulletins of one campaign
 * after those of another. Source: AIRTIME.md, 5.
 */
export const searchDay = (empty: Draft, demands: readonly Demand[]): Searched => {
  const gaveUp: Searched = { outcome: 'gaveUp', bound: MAX_SEARCH_STEPS };
  const state = stateOf(empty, demands);
  const short = demands.filter((_, index) => (state.missing[index] ?? 0) > 0);
  const pieces = choicesOf(short).flatMap((choice) => toPiece(empty, choice) ?? []);
  const steps = run(empty, short, { aim: 'plan', pieces });
  const draft = steps ? toDraft(empty, steps) : undefined;
  if (draft !== undefined) return { outcome: 'found', draft };
  if (short.length > MAX_JOINED) return gaveUp;
  const isExact = pieces.every(({ steadyMs, leastMs }) => steadyMs === leastMs);
  const isNone = steps === null && isExact;
  const isBeyond = isNone || run(empty, short, { aim: 'bound', pieces }) === null;
  return isBeyond ? { outcome: 'none' } : gaveUp;
};
