import { neededMsOf } from '#core/airtime/occurrences.ts';
import type { Playlist } from '#schemas/playlist.ts';
import { ok, type Result, refuse } from '#schemas/result.ts';
import { asBefore } from './as-before.ts';
import { checkDemands } from './check-rules.ts';
import type { DayFrame } from './day-frame.ts';
import { type Demand, demandsOf } from './demand.ts';
import type { Draft } from './draft.ts';
import { emptyDraft } from './empty-draft.ts';
import { explainDemand } from './explain.ts';
import { createLeastFill, type LeastFill } from './least-fill.ts';
import { normaliseInput } from './normalise-input.ts';
import { type Manner, occurrencesIn, placeDemand } from './place-demand.ts';
import type { DayPlan, PlanInput, PlanProblem, PlanShortfall } from './plan-input.ts';
import { provePlan } from './prove-plan.ts';
import { prune, refill, stagger } from './refine.ts';
import { searchDay } from './search-day.ts';
import { withManners } from './session-manner.ts';

type Order = (frame: DayFrame, demands: readonly Demand[]) => Demand[];

const longestFirst: Order = (_, demands) =>
  [...demands].sort((a, b) => neededMsOf(b.rule) - neededMsOf(a.rule));

const openMs = (frame: DayFrame, demand: Demand): number =>
  frame.windowsOf(demand.rule).reduce((sum, each) => sum + each.toMs - each.fromMs, 0);

const tightestFirst: Order = (frame, demands) =>
  [...demands].sort((a, b) => openMs(frame, a) - openMs(frame, b));

/** The ways a day is tried, the first that leaves nothing owed is taken. */
const ATTEMPTS: readonly { readonly manner: Manner; readonly order: Order }[] = [
  { manner: 'apart', order: longestFirst },
  { manner: 'apart', order: tightestFirst },
  { manner: 'blended', order: longestFirst },
  { manner: 'blended', order: tightestFirst },
];

const shortfallsOf = (draft: Draft, demands: readonly Demand[]): PlanShortfall[] =>
  demands
    .map((demand) => ({
      rule: demand.rule.id,
      day: draft.input.day,
      needed: demand.occurrences,
      placed: occurrencesIn(draft, demand).length,
    }))
    .filter(({ needed, placed }) => placed < needed);

const owed = (shortfalls: readonly PlanShortfall[]): number =>
  shortfalls.reduce((sum, { needed, placed }) => sum + needed - placed, 0);

const toPlaylist = (draft: Draft): Playlist => ({
  v: 1,
  site: draft.input.site,
  day: draft.input.day,
  sessions: draft.placed.map((placed) => placed.session),
});

interface Attempted {
  readonly draft: Draft;
  readonly shortfalls: readonly PlanShortfall[];
}

/** The attempt that leaves the least owed, the earliest among equals; first those as before. */
const bestAttempt = (empty: Draft, demands: readonly Demand[]): Attempted => {
  const before = asBefore(empty, demands);
  let best: Attempted = { draft: before, shortfalls: shortfallsOf(before, demands) };
  for (const base of before === empty ? [empty] : [before, empty]) {
    for (const { manner, order } of ATTEMPTS) {
      if (best.shortfalls.length === 0) return best;
      let draft = base;
      for (const demand of order(empty.frame, demands)) draft = placeDemand(draft, demand, manner);
      const shortfalls = shortfallsOf(draft, demands);
      if (owed(shortfalls) < owed(best.shortfalls)) best = { draft, shortfalls };
    }
  }
  return best;
};

/** Why no plan exists: a demand that could not hold alone, or else one that the best attempt lacks. */
const noPlan = (
  { input }: Draft,
  shortfalls: readonly PlanShortfall[],
  alone: PlanProblem | undefined,
): PlanProblem => {
  const { rule = '', needed = 0, placed = 0 } = shortfalls[0] ?? {};
  return alone ?? { code: 'noPlan', rule, day: input.day, needed, placed };
};

/** The plan of a day: by attempts, and where they fail by a search of all there is. */
const solve = (empty: Draft, demands: readonly Demand[]): Result<Attempted, PlanProblem> => {
  const best = bestAttempt(empty, demands);
  if (best.shortfalls.length === 0) return ok(best);
  const searched = searchDay(empty, demands);
  if (searched.outcome === 'found') {
    return ok({ draft: refill(searched.draft, demands), shortfalls: [] });
  }
  if (empty.openFromMs > empty.frame.row.startMs) return ok(best);
  const lacking = new Set(best.shortfalls.map(({ rule }) => rule));
  const alone = demands
    .filter(({ rule }) => lacking.has(rule.id))
    .map((demand) => explainDemand(empty.input, demand))
    .find((each) => each !== undefined);
  if (searched.outcome === 'none' || alone) return refuse(noPlan(empty, best.shortfalls, alone));
  return refuse({ code: 'planGaveUp', bound: searched.bound });
};

/** A day before anything is planned on it, and what is wanted of it. */
export interface OpenDay {
  readonly empty: Draft;
  readonly demands: readonly Demand[];
}

/** The day as it is there to be planned; `input` is normalised. Errors: as `planDay`, at once. */
export const openDay = (input: PlanInput, leastFill: LeastFill): Result<OpenDay, PlanProblem> => {
  const demands = demandsOf(input);
  const wrong = checkDemands(input, demands);
  if (wrong !== undefined) return refuse(wrong);
  const empty = emptyDraft(input, leastFill);
  return empty.ok ? ok({ empty: empty.value, demands }) : empty;
};

/**
 * One speaker's playlist of one local day, which the judge calls `met` for every rule when it is
 * aired exactly, or the problem that stands in its way. On a day that has begun, what does not fit
 * any more is told as shortfalls beside the plan. The same input gives the same bytes, in whatever
 * order its parts come. `leastFill` remembers shortest fills; days of the same bulletins may share it.
 * Errors: ruleEndsBeforeStart, minimumAboveCap, campaignWithoutBulletins, programmeUnplannable,
 * daypartTooShort, noPlan,
 * planGaveUp (the search reached its bound: neither found nor shown impossible), planUnproven. Source: AIRTIME.md, 5.
 */
export const planDay = (
  given: PlanInput,
  leastFill: LeastFill = createLeastFill(),
): Result<DayPlan, PlanProblem> => {
  const input = normaliseInput(given);
  const opened = openDay(input, leastFill);
  if (!opened.ok) return opened;
  const { empty, demands } = opened.value;
  const solved = solve(empty, demands);
  if (!solved.ok) return solved;
  const { draft, shortfalls } = solved.value;
  const playlist = toPlaylist(stagger(prune(draft, demands), demands));
  const plan = { playlist: withManners(playlist, input), shortfalls };
  const problem = provePlan(input, plan);
  return problem === undefined ? ok(plan) : refuse(problem);
};
