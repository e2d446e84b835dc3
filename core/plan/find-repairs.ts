import type { PlanChange, PlanDemand, PlanRepair } from '#schemas/plan-explanation.ts';
import { applyChange } from './apply-change.ts';
import { decide } from './decide.ts';
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

const holds = (input: PlanInput, change: PlanChange): boolean =>
  decide(applyChange(input, change)) === 'plan';

/**
 * The fewest steps of an option with which a plan exists, though not with one less; undefined where
 * none exists with the most.
 */
const fewestSteps = (input: PlanInput, { most, change }: RepairOption): PlanChange | undefined => {
  if (!holds(input, change(most))) return undefined;
  let [fails, suffices] = [0, most];
  while (suffices - fails > 1) {
    const middle = (fails + suffices) >> 1;
    if (holds(input, change(middle))) suffices = middle;
    else fails = middle;
  }
  return change(suffices);
};

const toRepair = (changes: readonly PlanChange[]): PlanRepair => ({
  changes: [...changes],
  cost: Math.round(changes.reduce((sum, change) => sum + costOf(change), 0) * 100) / 100,
});

const cheapest = (repairs: readonly PlanRepair[]): PlanRepair[] =>
  [...repairs].sort((a, b) => a.cost - b.cost).slice(0, MAX_REPAIRS);

/** Repairs by one change, the cheapest ones. */
const singleRepairs = (input: PlanInput, options: readonly RepairOption[]): PlanRepair[] => {
  let found: PlanRepair[] = [];
  for (const option of options) {
    const worst = found.length < MAX_REPAIRS ? Number.POSITIVE_INFINITY : found.at(-1)?.cost;
    if (costOf(option.change(1)) >= (worst ?? 0)) continue;
    const change = fewestSteps(input, option);
    if (change !== undefined) found = cheapest([...found, toRepair([change])]);
  }
  return found;
};

/** Each change again as small as it may be beside the others. */
const shrunk = (
  input: PlanInput,
  option: RepairOption,
  others: readonly PlanChange[],
): PlanRepair | undefined => {
  const change = fewestSteps(others.reduce(applyChange, input), option);
  return change && toRepair([change, ...others]);
};

/** Repairs by several changes: one as far as it goes, the others for the clash that is left then. */
const joinedRepairs = (
  input: PlanInput,
  options: readonly RepairOption[],
  depth: number,
): PlanRepair[] => {
  const found: PlanRepair[] = [];
  for (const option of options) {
    if (found.length >= MAX_FOLLOWED) break;
    const changed = applyChange(input, option.change(option.most));
    const clash = findClash(changed);
    if (clash === undefined || clash === 'gaveUp') continue;
    const [rest] = repairsOf(changed, clash, depth + 1);
    const repair = rest && shrunk(input, option, rest.changes);
    if (repair !== undefined) found.push(repair);
  }
  return cheapest(found);
};

const repairsOf = (input: PlanInput, clash: readonly PlanDemand[], depth: number): PlanRepair[] => {
  const options = repairOptions(input, clash);
  const single = singleRepairs(input, options);
  if (single.length > 0 || depth >= MAX_CHANGES) return single;
  return joinedRepairs(input, options, depth);
};

/**
 * The cheapest changes that make a plan of the day exist, given one of its clashes: at most
 * `MAX_REPAIRS`, ascending by cost; each holds as few changes as were found to do, at most
 * `MAX_CHANGES`, and its first change is as small as it can be beside the others (a second, minute,
 * session or day less does not do). Source: AIRTIME.md, 5.
 */
export const findRepairs = (input: PlanInput, clash: readonly PlanDemand[]): PlanRepair[] =>
  repairsOf(input, clash, 1);
