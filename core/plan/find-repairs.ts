import type {
  PlanChange,
  PlanDemand,
  PlanExplanation,
  PlanRepair,
} from '#schemas/plan-explanation.ts';
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
  most: number,
): PlanRepair[] => {
  const found: PlanRepair[] = [];
  for (const option of worthFollowing(broken.input, options)) {
    if (found.length >= MAX_FOLLOWED) break;
    const changed = changedBy(broken, [option.change(option.most)]);
    const clash = findClash(changed.input, changed.asking.decide);
    if (clash === undefined || clash === 'gaveUp') continue;
    const [rest] = repairsOf(changed, clash, most - 1);
    const repair = rest && shrunk(broken, option, rest.changes);
    if (repair !== undefined) found.push(repair);
  }
  return cheapest(found);
};

/** What a bulletin gives when it is left out: another one that gives the same need not be tried. */
const givenBy = ({ bulletins }: PlanInput, change: PlanChange): string => {
  if (change.kind !== 'makeOptional') return JSON.stringify(change);
  const found = bulletins.find(({ id }) => id === change.bulletin);
  return JSON.stringify([found?.clip.durationMs, found?.campaigns]);
};

/** Options that give something else each, those of a kind of which there are few first. */
const worthFollowing = (
  input: PlanInput,
  options: readonly RepairOption[],
): readonly RepairOption[] => {
  const different = new Map(
    options.toReversed().map((option) => [givenBy(input, option.change(1)), option]),
  );
  const kept = new Set(different.values());
  return [...Map.groupBy(options, ({ change }) => change(1).kind).values()]
    .sort((a, b) => a.length - b.length)
    .flatMap((alike) => alike.filter((option) => kept.has(option)));
};

/** Repairs of at most so many changes, and of as few as do: two are tried before any three. */
const repairsOf = (broken: Broken, clash: readonly PlanDemand[], most: number): PlanRepair[] => {
  const options = repairOptions(broken.input, clash);
  let found = singleRepairs(broken, options);
  for (let count = 2; count <= most && found.length === 0; count += 1) {
    found = joinedRepairs(broken, options, count);
  }
  return found;
};

/**
 * The cheapest changes that make a plan of the day exist, given one of its clashes: at most
 * `MAX_REPAIRS`, ascending by cost; each holds as few changes as were found to do, at most
 * `MAX_CHANGES`, and its first change is as small as it can be beside the others (a second, minute,
 * session or day less does not do). What takes more than `MAX_DECISIONS` questions to the planner is not
 * looked for, which `repairsGaveUp` says. Source: AIRTIME.md, 5.
 */
export const findRepairs = (
  input: PlanInput,
  clash: readonly PlanDemand[],
): Pick<PlanExplanation, 'repairs' | 'repairsGaveUp'> => {
  const asking = askUpTo(MAX_DECISIONS);
  const repairs = repairsOf({ input, asking }, clash, MAX_CHANGES);
  return { repairs, repairsGaveUp: asking.isSpent() };
};
