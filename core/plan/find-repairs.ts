import type { PlanChange, PlanDemand, PlanRepair } from '#schemas/plan-explanation.ts';
import { applyChange } from './apply-change.ts';
import { type Asking, askUpTo } from './decide.ts';
import { findClash } from './find-clash.ts';
import type { PlanInput } from './plan-input.ts';
import { costOf } from './repair-cost.ts';
import { type RepairOption, repairOptions } from './repair-options.ts';

/** How many repairs are proposed. */
export const MAX_REPAIRS = 3;
/** How many changes one repair holds at most. */
export const MAX_CHANGES = 3;
/** How many options are followed where no single change is enough. */
const MAX_FOLLOWED = 3;
/** How often the planner is asked in all: what was found by then is proposed. */
const MAX_DECISIONS = 2000;

/** A day that has no plan, and who says whether a changed one has. */
interface Broken {
  readonly input: PlanInput;
  readonly asking: Asking;
}

const changedBy = ({ input, asking }: Broken, changes: readonly PlanChange[]): Broken => ({
  input: changes.reduce(applyChange, input),
  asking,
});

/**
 * The fewest steps of an option with which a plan exists, though not with one less; undefined where
 * none exists with the most, or the planner may not be asked any more.
 */
const fewestSteps = (broken: Broken, { most, change }: RepairOption): PlanChange | undefined => {
  const { asking } = broken;
  const holds = (steps: number): boolean =>
    asking.decide(changedBy(broken, [change(steps)]).input) === 'plan';
  if (!holds(most)) return undefined;
  let [fails, suffices] = [0, most];
  while (suffices - fails > 1) {
    const middle = (fails + suffices) >> 1;
    if (holds(middle)) suffices = middle;
    else fails = middle;
  }
  return asking.isSpent() ? undefined : change(suffices);
};

const toRepair = (changes: readonly PlanChange[]): PlanRepair => ({
  changes: [...changes],
  cost: Math.round(changes.reduce((sum, change) => sum + costOf(change), 0) * 100) / 100,
});

const cheapest = (repairs: readonly PlanRepair[]): PlanRepair[] =>
  [...repairs].sort((a, b) => a.cost - b.cost).slice(0, MAX_REPAIRS);

/** Repairs by one change, the cheapest ones. */
const singleRepairs = (broken: Broken, options: readonly RepairOption[]): PlanRepair[] => {
  let found: PlanRepair[] = [];
  for (const option of options) {
    const worst = found.length < MAX_REPAIRS ? Number.POSITIVE_INFINITY : found.at(-1)?.cost;
    if (costOf(option.change(1)) >= (worst ?? 0)) continue;
    const change = fewestSteps(broken, option);
    if (change !== undefined) found = cheapest([...found, toRepair([change])]);
  }
  return found;
};

/** Each change again as small as it may be beside the others. */
const shrunk = (
  broken: Broken,
  option: RepairOption,
  others: readonly PlanChange[],
): PlanRepair | undefined => {
  const change = fewestSteps(changedBy(broken, others), option);
  return change && toRepair([change, ...others]);
};

/** Repairs by several changes: one as far as it goes, the others for the clash that is left then. */
const joinedRepairs = (
  broken: Broken,
  options: readonly RepairOption[],
  depth: number,
): PlanRepair[] => {
  const found: PlanRepair[] = [];
  for (const option of options) {
    if (found.length >= MAX_FOLLOWED) break;
    const changed = changedBy(broken, [option.change(option.most)]);
    const clash = findClash(changed.input, changed.asking.decide);
    if (clash === undefined || clash === 'gaveUp') continue;
    const [rest] = repairsOf(changed, clash, depth + 1);
    const repair = rest && shrunk(broken, option, rest.changes);
    if (repair !== undefined) found.push(repair);
  }
  return cheapest(found);
};

const repairsOf = (broken: Broken, clash: readonly PlanDemand[], depth: number): PlanRepair[] => {
  const options = repairOptions(broken.input, clash);
  const single = singleRepairs(broken, options);
  if (single.length > 0 || depth >= MAX_CHANGES) return single;
  return joinedRepairs(broken, options, depth);
};

/**
 * The cheapest changes that make a plan of the day exist, given one of its clashes: at most
 * `MAX_REPAIRS`, ascending by cost; each holds as few changes as were found to do, at most
 * `MAX_CHANGES`, and its first change is as small as it can be beside the others (a second, minute,
 * session or day less does not do). What takes more than `MAX_DECISIONS` questions to the planner is not
 * looked for: of a day with many mandatory bulletins there may be repairs that are not proposed.
 * Source: AIRTIME.md, 5.
 */
export const findRepairs = (input: PlanInput, clash: readonly PlanDemand[]): PlanRepair[] =>
  repairsOf({ input, asking: askUpTo(MAX_DECISIONS) }, clash, 1);
