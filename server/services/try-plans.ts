import { canonicalJson, type JsonValue } from '#core/canonical-json.ts';
import type { DayTable } from '#core/local-time.ts';
import { explainPlan } from '#core/plan/explain-plan.ts';
import { breathe } from '#runtime/clock.ts';
import { addDays, createDayTable } from '#runtime/day-table.ts';
import type { PlanExplanation } from '#schemas/plan-explanation.ts';
import type { LocalDay } from '#schemas/primitives.ts';
import type { Problem } from '#schemas/problem.ts';
import type { SiteSettings } from '#schemas/site-settings.ts';
import type { ServerPorts } from '../ports/server-ports.ts';
import { frameOn, meantFor, type PlanFacts, planInput, readPlanFacts } from './plan-facts.ts';
import { createPlanShare, type PlanShare } from './plan-speaker.ts';
import { createSiteRules, type SiteTexts } from './speaker-scope.ts';

/** A stretch of days that is tried; a week holds every weekday. */
export interface TriedDays {
  readonly from: LocalDay;
  readonly to: LocalDay;
}

/** What stands in the way of plans of a unit's speakers on a day. */
export interface TriedProblem {
  readonly unit: string;
  readonly day: LocalDay;
  readonly problem: Problem;
}

/** What plans are tried with; the site's settings stand in for those that are left out. */
export interface TriedTexts extends SiteTexts {
  readonly settings?: SiteSettings;
}

type Ports = Pick<ServerPorts, 'store' | 'clock'>;

interface Trial {
  readonly facts: PlanFacts;
  readonly share: PlanShare;
  readonly days: readonly LocalDay[];
  /** Each of the days with the one after it. */
  readonly tables: readonly DayTable[];
}

/**
 * Plans the days for every unit, as if the texts were in force, with the planner that plans are made
 * with; nothing is written. Units that the same rules, caps and fixed programmes bind, and that the
 * same bulletins are meant for, share one computation. A unit without a speaker is tried too: the
 * conflict is there before the machine is. No broadcast above
 * exempts here: what is owed only when the ward is silent must have a plan for that day.
 * Source: AIRTIME.md, 1 ("the system must say so before it plans anything") and 5.
 */
export const tryPlans = async (
  ports: Ports,
  texts: TriedTexts,
  {
    units,
    stretches,
  }: { readonly units: readonly string[]; readonly stretches: readonly TriedDays[] },
): Promise<readonly TriedProblem[]> => {
  const facts = await factsWith(ports, texts);
  const days = stretches.flatMap(daysOf);
  const tables = days.map((day) => createDayTable(facts.site.zone, day, 2));
  const trial = { facts, share: createPlanShare(ports.store), days, tables };
  const known = new Map<string, readonly Omit<TriedProblem, 'unit'>[]>();
  const found: TriedProblem[] = [];
  for (const unit of units) {
    const key = bindingKey(trial, unit);
    const problems = known.get(key) ?? (await tryUnit(trial, unit));
    known.set(key, problems);
    found.push(...problems.map((problem) => ({ unit, ...problem })));
  }
  return found;
};

/**
 * What cannot hold together in a unit on a day, and what would mend it; null where a plan exists or
 * nothing is known. Source: AIRTIME.md, 5.
 */
export const explainDay = async (
  ports: Ports,
  texts: TriedTexts,
  { unit, day }: Pick<TriedProblem, 'unit' | 'day'>,
): Promise<PlanExplanation | null> => {
  const facts = await factsWith(ports, texts);
  const explanation = explainPlan(inputOf(facts, unit, day));
  return explanation === undefined || explanation === 'gaveUp' ? null : explanation;
};

const factsWith = async (ports: Ports, texts: TriedTexts): Promise<PlanFacts> => {
  const facts = await readPlanFacts(ports);
  const { settings = facts.settings } = texts;
  return { ...facts, settings, rules: createSiteRules(texts) };
};

const inputOf = (facts: PlanFacts, unit: string, day: LocalDay) =>
  planInput(
    facts,
    { speaker: { id: null, unit, enrolledMs: null }, day },
    { played: [], last: null, previous: null, aired: null, exempting: [] },
  );

const daysOf = ({ from, to }: TriedDays): readonly LocalDay[] => {
  const days: LocalDay[] = [];
  for (let day = from; day <= to; day = addDays(day, 1)) days.push(day);
  return days;
};

/**
 * Names what binds a unit on the days, which of the bulletins for some units only it may play, and
 * what stands around them.
 */
const bindingKey = ({ facts, days, tables }: Trial, unit: string): string => {
  const { rules, unitsById } = facts;
  const bound = days.map((day) => [
    rules.rulesOf({ unit }, day).map(({ id }) => id),
    rules.capsOf({ unit }, day).map(({ id }) => id),
    rules.programmesOf({ unit }, day).map(({ id }) => id),
    [...unitsById.keys()].filter(meantFor(facts, { unit }, day)),
  ]);
  const framed = tables.map((table) =>
    frameOn(facts, { speaker: { unit }, table }).map(({ bulletin }) => bulletin),
  );
  return canonicalJson([bound, framed]);
};

const tryUnit = async (
  { facts, share, days }: Trial,
  unit: string,
): Promise<readonly Omit<TriedProblem, 'unit'>[]> => {
  const found: Omit<TriedProblem, 'unit'>[] = [];
  for (const day of days) {
    await breathe();
    const { problems } = share.planOf(inputOf(facts, unit, day));
    found.push(...problems.map((problem) => ({ day, problem })));
  }
  return found;
};

/** Equal for problems that differ only in their days. */
export const problemKey = (problem: Problem): string => {
  const { day: _, ...rest } = { day: null, ...problem };
  // Facts of problems are JSON: texts, numbers and lists of them.
  return canonicalJson(rest as JsonValue);
};
