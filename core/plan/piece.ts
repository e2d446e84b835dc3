import { unionOf } from '#core/airtime/intervals.ts';
import { neededMsOf } from '#core/airtime/occurrences.ts';
import type { Id, Interval } from '#schemas/primitives.ts';
import { type Part, sessionLengthMs } from './build-session.ts';
import { openStretches } from './day-frame.ts';
import type { Demand } from './demand.ts';
import { buildAt, type Draft, type Placed } from './draft.ts';
import { cutIntervals } from './intervals.ts';
import { isFilledExactly } from './least-fill.ts';
import { beside, isSteady } from './part-targets.ts';
import { longestRunMs } from './qualify.ts';

/** The pause between two sessions at least. */
export const PAUSE_MS = 30_000;
const ALWAYS: Interval = { fromMs: 0, toMs: Number.POSITIVE_INFINITY };
/** How many lengths of shared bulletins are tried between those of two campaigns. */
const MAX_SHARED_LENGTHS = 24;

/** A session that serves some demands at once, as short as it can be, and where it may lie. */
export interface Piece {
  readonly demands: readonly Demand[];
  /** Ways to fill it, each as short as it can be in its way. */
  readonly ways: readonly (readonly Part[])[];
  /** Where it may lie whole, ascending. */
  readonly open: readonly Interval[];
  /** No session that serves these demands is shorter. */
  readonly leastMs: number;
  /** Its length wherever it begins; null where bulletins become valid or expire meanwhile. */
  readonly steadyMs: number | null;
}

/** The stretches that lie in both. */
const overlap = (a: readonly Interval[], b: readonly Interval[]): readonly Interval[] =>
  a.flatMap((one) =>
    b
      .map((other) => ({
        fromMs: Math.max(one.fromMs, other.fromMs),
        toMs: Math.min(one.toMs, other.toMs),
      }))
      .filter(({ fromMs, toMs }) => fromMs < toMs),
  );

/** When any bulletin of the one campaign is valid; always, where it is not the only one. */
const validOf = ({ input }: Draft, campaigns: readonly Id[]): readonly Interval[] => {
  const [only] = campaigns;
  if (only === undefined || campaigns.length > 1 || input.frame.length > 0) return [ALWAYS];
  const own = input.bulletins.filter((each) => each.campaigns.includes(only));
  const hasForeign = input.bulletins.some(
    (each) => each.priority === 'priority' && !own.includes(each),
  );
  if (hasForeign) return [ALWAYS];
  return unionOf(
    own.map(({ validFromMs, expiresMs }) => ({ fromMs: validFromMs, toMs: expiresMs })),
  );
};

const openOf = (empty: Draft, demands: readonly Demand[], alone: readonly Id[]): Interval[] => {
  const padded = empty.placed.map(({ startMs, endMs }) => ({
    fromMs: startMs - PAUSE_MS,
    toMs: endMs + PAUSE_MS,
  }));
  return demands
    .map(({ rule }) => openStretches(empty.frame, empty.frame.windowsOf(rule)))
    .reduce((a, b) => overlap(a, b), validOf(empty, alone))
    .flatMap((stretch) =>
      padded.reduce<Interval[]>(
        (rest, hole) => rest.flatMap((each) => cutIntervals(each, [hole])),
        [stretch],
      ),
    )
    .map(({ fromMs, toMs }) => ({ fromMs: Math.max(fromMs, empty.openFromMs), toMs }))
    .filter(({ fromMs, toMs }) => fromMs < Math.min(toMs, empty.frame.row.endMs));
};

const part = (campaigns: readonly Id[], targetMs: number): Part => ({
  campaigns,
  targetMs,
  order: 'least',
});

/** The least a session holds of each campaign, in milliseconds. */
const targetsOf = (demands: readonly Demand[]): Map<Id, number> => {
  const targets = new Map<Id, number>();
  for (const { rule } of demands) {
    const counted = rule.counts === 'campaign' ? neededMsOf(rule) : 1;
    targets.set(rule.campaign, Math.max(counted, targets.get(rule.campaign) ?? 1));
  }
  return targets;
};

/** How long the session is as a whole at least, where a rule counts all of it. */
const wholeMsOf = (demands: readonly Demand[]): number =>
  Math.max(0, ...demands.map(({ rule }) => (rule.counts === 'session' ? neededMsOf(rule) : 0)));

/** Ways in which one campaign fills what the whole session lacks, beside a few lengths of the others. */
const apartWays = (empty: Draft, targets: ReadonlyMap<Id, number>, wholeMs: number): Part[][] => {
  const base = [...targets].map(([campaign, targetMs]) => part([campaign], targetMs));
  const sumMs = base.reduce((sum, { targetMs }) => sum + targetMs, 0);
  if (sumMs >= wholeMs) return [base];
  const bumped = base.map((longer) =>
    base.map((each) =>
      each === longer ? { ...each, targetMs: each.targetMs + wholeMs - sumMs } : each,
    ),
  );
  const [a, b] = base;
  if (a === undefined || b === undefined || base.length > 2) return bumped;
  const lengths = empty.input.bulletins
    .filter((each) => a.campaigns.every((one) => each.campaigns.includes(one)))
    .map(({ clip }) => clip.durationMs);
  const split = someSums(lengths, wholeMs).map((ms) => [
    { ...a, targetMs: Math.max(a.targetMs, ms) },
    { ...b, targetMs: Math.max(b.targetMs, wholeMs - Math.max(a.targetMs, ms)) },
  ]);
  return [...bumped, ...split];
};

/** Total lengths that a few of the bulletins have together, ascending. */
const someSums = (lengths: readonly number[], mostMs: number): number[] => {
  const sums = new Set(lengths);
  for (const sum of sums) {
    if (sums.size >= MAX_SHARED_LENGTHS) break;
    for (const length of lengths) if (sum + length < mostMs) sums.add(sum + length);
  }
  return [...sums]
    .filter((sum) => sum < mostMs)
    .sort((a, b) => a - b)
    .slice(0, MAX_SHARED_LENGTHS);
};

/** Ways that play bulletins of several of the campaigns once for all of them. */
const sharedWays = (empty: Draft, targets: ReadonlyMap<Id, number>, wholeMs: number): Part[][] => {
  const campaigns = [...targets.keys()];
  const shared = empty.input.bulletins.filter(
    (each) =>
      each.priority !== 'emergency' && campaigns.every((one) => each.campaigns.includes(one)),
  );
  if (campaigns.length < 2 || shared.length === 0) return [];
  const whole = [part(campaigns, Math.max(wholeMs, ...targets.values()))];
  const [a, b] = campaigns;
  if (a === undefined || b === undefined || campaigns.length > 2) return [whole];
  const [aMs = 0, bMs = 0] = targets.values();
  const lengths = shared.map(({ clip }) => clip.durationMs);
  const between = someSums(lengths, Math.min(aMs, bMs)).map((sumMs) => [
    part([a], aMs - sumMs),
    part(campaigns, sumMs),
    part([b], bMs - sumMs),
  ]);
  return [whole, ...between];
};

const serves = (placed: Placed, demands: readonly Demand[]): boolean =>
  demands.every(({ rule }) => longestRunMs(placed.session, rule) >= neededMsOf(rule));

/** The piece as a session that begins at an instant, the shortest of its ways. */
export const buildPiece = (draft: Draft, piece: Piece, startMs: number): Placed | undefined => {
  let best: Placed | undefined;
  for (const way of piece.ways) {
    const built = buildAt(draft, startMs, way);
    if (built === undefined || !serves(built, piece.demands)) continue;
    if (best === undefined || built.endMs < best.endMs) best = built;
  }
  return best;
};

/**
 * A piece that serves the demands; undefined where none can. `leastMs` is exact for campaigns that share no
 * bulletin, where all are valid all day, and a lower bound otherwise.
 */
export const toPiece = (empty: Draft, demands: readonly Demand[]): Piece | undefined => {
  const campaigns = [...new Set(demands.map(({ rule }) => rule.campaign))];
  const besideMs = beside(empty, campaigns);
  const open = openOf(empty, demands, besideMs === 0 ? campaigns : []);
  const targets = targetsOf(demands);
  const wholeMs = wholeMsOf(demands) - besideMs;
  const apart = apartWays(empty, targets, wholeMs);
  const piece = {
    demands,
    open,
    ways: [...apart, ...sharedWays(empty, targets, wholeMs)],
    steadyMs: null,
  };
  const [first] = open;
  if (first === undefined) return undefined;
  const isShared = empty.input.bulletins.some(
    (each) => campaigns.filter((one) => each.campaigns.includes(one)).length > 1,
  );
  const needed = [...targets.values()];
  const apartMs = needed.reduce((sum, each) => sum + each, 0);
  const together = Math.max(wholeMs, isShared ? Math.max(...needed) : apartMs);
  const lowest = together + besideMs;
  const isAllDay = [...empty.input.bulletins, ...empty.input.frame].every((item) =>
    isSteady(item, empty),
  );
  if (!isAllDay) return { ...piece, leastMs: lowest };
  const built = buildPiece(empty, { ...piece, leastMs: lowest }, first.fromMs);
  if (built === undefined) return undefined;
  const steadyMs = sessionLengthMs(built.session);
  const isWhole = demands.some(({ rule }) => rule.counts === 'session');
  const isExact =
    (campaigns.length === 1 || (!isShared && !isWhole)) &&
    campaigns.every((one) =>
      isFilledExactly(empty.input.bulletins.filter((each) => each.campaigns.includes(one))),
    );
  return { ...piece, steadyMs, leastMs: isExact ? steadyMs : lowest };
};
