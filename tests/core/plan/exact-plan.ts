import { localTimeToMinutes } from '#core/local-time.ts';
import type { PlanInput } from '#core/plan/plan-input.ts';
import type { AirtimeRule } from '#schemas/airtime.ts';
import { solveExactly, sumOf } from './exact-solver.ts';
import { MINUTE_MS } from './plan-inputs.ts';

/** Starts are looked for on this raster only: what is found here is a plan, not every plan. */
const RASTER_MS = 300_000;
const PAUSE_MS = 30_000;
const MAX_ITEMS = 400;

interface Piece {
  readonly name: string;
  readonly rules: readonly AirtimeRule[];
  readonly startMs: number;
  readonly lengthMs: number;
}

const subsets = <T>(items: readonly T[]): T[][] =>
  Array.from({ length: (1 << items.length) - 1 }, (_, index) =>
    items.filter((__, bit) => ((index + 1) >> bit) & 1),
  );

/** The least length of a session that serves the rules, by whole bulletins. */
const leastLengthMs = (input: PlanInput, rules: readonly AirtimeRule[]): number | undefined => {
  const frameMs = input.frame.reduce((sum, { clip }) => sum + clip.durationMs, 0);
  const usable = input.bulletins.filter(
    ({ campaigns, priority }) =>
      priority === 'priority' || rules.some(({ campaign }) => campaigns.includes(campaign)),
  );
  const terms = usable.map(({ clip }, index) => ({ factor: clip.durationMs, name: `x${index}` }));
  const constraints = rules.flatMap((rule) => {
    const own = terms.filter((_, index) => usable[index]?.campaigns.includes(rule.campaign));
    if (own.length === 0) return ['0 x0 >= 1'];
    const neededMs = (rule.minMinutes ?? 0) * MINUTE_MS;
    const one = `${sumOf(own.map(({ name }) => ({ factor: 1, name })))} >= 1`;
    return rule.counts === 'session'
      ? [one, `${sumOf(terms)} >= ${neededMs - frameMs}`]
      : [one, `${sumOf(own)} >= ${neededMs}`];
  });
  const mandatory = terms.flatMap(({ name }, index) => {
    const bulletin = usable[index];
    if (bulletin?.priority !== 'priority') return [];
    const isOwn = rules.some(({ campaign }) => bulletin.campaigns.includes(campaign));
    return [`${name} ${isOwn ? '>=' : '='} 1`];
  });
  const few = `${sumOf(terms.map(({ name }) => ({ factor: 1, name })))} <= ${MAX_ITEMS}`;
  if (terms.length === 0) return undefined;
  const least = solveExactly({
    minimise: sumOf(terms),
    constraints: [...constraints, ...mandatory, few],
    integers: terms.map(({ name }) => name),
    binaries: [],
  });
  return least === undefined ? undefined : Math.round(least) + frameMs;
};

/** The dayparts of a rule on the day as instants; none of them wraps midnight. */
const windowsOf = (input: PlanInput, rule: AirtimeRule) => {
  const midnightMs = input.table[0]?.startMs ?? 0;
  return rule.dayparts.map(({ from, to }) => ({
    fromMs: midnightMs + localTimeToMinutes(from) * MINUTE_MS,
    toMs: midnightMs + localTimeToMinutes(to) * MINUTE_MS,
  }));
};

const piecesOf = (input: PlanInput): Piece[] => {
  const { startMs: fromMs = 0, endMs: toMs = 0 } = input.table[0] ?? {};
  const [cap] = input.caps;
  return subsets(input.rules).flatMap((rules, number) => {
    const lengthMs = leastLengthMs(input, rules);
    if (lengthMs === undefined) return [];
    if (lengthMs > (cap?.maxSessionMinutes ?? Number.POSITIVE_INFINITY) * MINUTE_MS) return [];
    const pieces: Piece[] = [];
    for (let startMs = fromMs; startMs < toMs; startMs += RASTER_MS) {
      const endMs = startMs + lengthMs;
      const isInside = rules.every((rule) =>
        windowsOf(input, rule).some((each) => each.fromMs <= startMs && endMs <= each.toMs),
      );
      const isBlocked = input.occupied.some((each) => each.fromMs < endMs && startMs < each.toMs);
      if (!isInside || isBlocked) continue;
      pieces.push({
        name: `y${number}_${(startMs - fromMs) / RASTER_MS}`,
        rules,
        startMs,
        lengthMs,
      });
    }
    return pieces;
  });
};

const terms = (pieces: readonly Piece[], factor: (piece: Piece) => number = () => 1) =>
  sumOf(pieces.map((piece) => ({ factor: factor(piece), name: piece.name })));

const constraintsOf = (input: PlanInput, pieces: readonly Piece[]): string[] => {
  const [cap] = input.caps;
  const count = input.occupied.length;
  const occupiedMs = input.occupied.reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0);
  const starts = [...new Set(pieces.map(({ startMs }) => startMs))];
  const demanded = input.rules.map(
    (rule) =>
      `${terms(pieces.filter(({ rules }) => rules.includes(rule))) || '0 y'} >= ${rule.minOccurrences}`,
  );
  const apart = starts.map((atMs) => {
    const sounding = pieces.filter(
      ({ startMs, lengthMs }) => startMs <= atMs && atMs < startMs + lengthMs + PAUSE_MS,
    );
    return `${terms(sounding)} <= 1`;
  });
  const spaced = input.rules.flatMap((rule) =>
    starts.flatMap((atMs) => {
      const near = pieces.filter(
        ({ startMs, rules }) =>
          rules.includes(rule) &&
          startMs >= atMs &&
          startMs < atMs + rule.minSpacingMin * MINUTE_MS,
      );
      return near.length < 2 ? [] : [`${terms(near)} <= 1`];
    }),
  );
  const capped = [
    ...(cap?.maxSessionsPerDay == null
      ? []
      : [`${terms(pieces)} <= ${cap.maxSessionsPerDay - count}`]),
    ...(cap?.maxDayMinutes == null
      ? []
      : [
          `${terms(pieces, ({ lengthMs }) => lengthMs)} <= ${cap.maxDayMinutes * MINUTE_MS - occupiedMs}`,
        ]),
  ];
  return [...demanded, ...apart, ...spaced, ...capped];
};

/**
 * Whether HiGHS finds a plan of the day that starts sessions on whole five minutes: each serves a set of
 * rules with the least whole bulletins of their campaigns (any number of times, the mandatory ones of
 * other campaigns once), whole in a daypart of each of them, half a minute apart. For
 * days without midnight, quiet hours and bulletins that expire.
 */
export const canPlanExactly = (input: PlanInput): boolean => {
  const pieces = piecesOf(input);
  if (input.rules.some((rule) => !pieces.some(({ rules }) => rules.includes(rule)))) return false;
  const value = solveExactly({
    minimise: terms(pieces),
    constraints: constraintsOf(input, pieces),
    integers: [],
    binaries: pieces.map(({ name }) => name),
  });
  return value !== undefined;
};
