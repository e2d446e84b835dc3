import { neededMsOf } from '#core/airtime/occurrences.ts';
import type { Playlist } from '#schemas/playlist.ts';
import { ok, type Result, refuse } from '#schemas/result.ts';
import { checkDemands } from './check-rules.ts';
import { windowsOf } from './day-frame.ts';
import { type Demand, demandsOf } from './demand.ts';
import type { Draft } from './draft.ts';
import { emptyDraft } from './empty-draft.ts';
import { explainDemand } from './explain.ts';
import { normaliseInput } from './normalise-input.ts';
import { type Manner, occurrencesIn, placeDemand } from './place-demand.ts';
import type { DayPlan, PlanInput, PlanProblem, PlanShortfall } from './plan-input.ts';
import { provePlan } from './prove-plan.ts';

type Order = (input: PlanInput, demands: readonly Demand[]) => Demand[];

const longestFirst: Order = (_, demands) =>
  [...demands].sort((a, b) => neededMsOf(b.rule) - neededMsOf(a.rule));

const openMs = (input: PlanInput, demand: Demand): number =>
  windowsOf(input, demand.rule).reduce((sum, each) => sum + each.toMs - each.fromMs, 0);

const tightestFirst: Order = (input, demands) =>
  [...demands].sort((a, b) => openMs(input, a) - openMs(input, b));

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

/** The attempt that leaves the least owed, the earliest among equals. */
const bestAttempt = (empty: Draft, demands: readonly Demand[]): DayPlan => {
  let best: DayPlan | undefined;
  for (const { manner, order } of ATTEMPTS) {
    let draft = empty;
    for (const demand of order(empty.input, demands)) draft = placeDemand(draft, demand, manner);
    const shortfalls = shortfallsOf(draft, demands);
    if (best === undefined || owed(shortfalls) < owed(best.shortfalls)) {
      best = { playlist: toPlaylist(draft), shortfalls };
    }
    if (shortfalls.length === 0) break;
  }
  return best ?? { playlist: toPlaylist(empty), shortfalls: shortfallsOf(empty, demands) };
};

/** Why the best attempt is no plan; undefined when it is one, or the day has begun. */
const refusalOf = (
  empty: Draft,
  demands: readonly Demand[],
  plan: DayPlan,
): PlanProblem | undefined => {
  if (plan.shortfalls.length === 0) return undefined;
  const short = demands.filter((demand) =>
    plan.shortfalls.some((shortfall) => shortfall.rule === demand.rule.id),
  );
  const impossible = short.map((demand) => explainDemand(empty.input, demand)).find((each) => each);
  if (impossible !== undefined) return impossible;
  const hasBegun = empty.openFromMs > empty.frame.row.startMs;
  return hasBegun ? undefined : { code: 'planGaveUp', bound: ATTEMPTS.length };
};

/**
 * One speaker's playlist of one local day, which the judge calls `met` for every rule when it is
 * aired exactly, or the problem that stands in its way. On a day that has begun, what does not fit
 * any more is told as shortfalls beside the plan. The same input gives the same bytes, in whatever
 * order its parts come.
 * Errors: ruleEndsBeforeStart, minimumAboveCap, campaignWithoutBulletins, programmeUnplannable,
 * daypartTooShort, noPlan,
 * planGaveUp (neither found in `ATTEMPTS` nor shown impossible), planUnproven. Source: AIRTIME.md, 5.
 */
export const planDay = (given: PlanInput): Result<DayPlan, PlanProblem> => {
  const input = normaliseInput(given);
  const demands = demandsOf(input);
  const wrong = checkDemands(input, demands);
  if (wrong !== undefined) return refuse(wrong);
  const empty = emptyDraft(input);
  if (!empty.ok) return empty;
  const plan = bestAttempt(empty.value, demands);
  const problem = refusalOf(empty.value, demands, plan) ?? provePlan(input, plan);
  return problem === undefined ? ok(plan) : refuse(problem);
};
