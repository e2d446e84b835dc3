import { dayToNumber, mondayOf, weekdayOfNumber } from '#core/airtime/day-number.ts';
import { neededMsOf } from '#core/airtime/occurrences.ts';
import type { AirtimeCap } from '#schemas/airtime.ts';
import type { LocalDay } from '#schemas/primitives.ts';
import { type Demand, demandsOn, occurrencesOn } from './demand.ts';
import type { PlanInput, PlanProblem } from './plan-input.ts';

const MINUTE_MS = 60_000;
const WEEK_DAYS = 7;

/** The caps in force on a day. */
export const capsOn = (caps: readonly AirtimeCap[], day: LocalDay): AirtimeCap[] =>
  caps.filter((cap) => cap.from <= day && (cap.to === null || day <= cap.to));

/**
 * The first thing that no placing of sessions could mend: a rule that ends before it starts, a
 * minimum above a cap, a campaign without a bulletin that may sound today. Source: AIRTIME.md, 1.
 */
export const checkDemands = (
  input: PlanInput,
  demands: readonly Demand[],
): PlanProblem | undefined => {
  const backwards = input.rules.find((rule) => rule.to < rule.from);
  if (backwards !== undefined) {
    return { code: 'ruleEndsBeforeStart', from: backwards.from, to: backwards.to };
  }
  for (const demand of demands) {
    const problem = checkCaps(input, demand) ?? checkContent(input, demand);
    if (problem !== undefined) return problem;
  }
  return undefined;
};

/** What a cap allows beside what the rule needs, in the cap's own unit. */
const comparisons = (input: PlanInput, demand: Demand, cap: AirtimeCap) => {
  const minutes = neededMsOf(demand.rule) / MINUTE_MS;
  const weekday = weekdayOfNumber(dayToNumber(input.day));
  return [
    { needed: demand.occurrences, allowed: cap.maxSessionsPerDay },
    { needed: minutes, allowed: cap.maxSessionMinutes },
    { needed: minutes * demand.occurrences, allowed: cap.maxDayMinutes },
    { needed: demand.occurrences, allowed: cap.forbiddenWeekdays.includes(weekday) ? 0 : null },
    { needed: daysWanted(input, demand), allowed: cap.maxDaysPerWeek },
    { needed: daysSoFar(input), allowed: cap.maxDaysPerWeek },
  ];
};

const checkCaps = (input: PlanInput, demand: Demand): PlanProblem | undefined => {
  const rule = demand.rule.id;
  for (const cap of capsOn(input.caps, input.day)) {
    for (const { needed, allowed } of comparisons(input, demand, cap)) {
      if (allowed !== null && needed > allowed) {
        return { code: 'minimumAboveCap', rule, cap: cap.id, needed, allowed };
      }
    }
  }
  return undefined;
};

const mondayOfInput = (input: PlanInput): number => mondayOf(dayToNumber(input.day));

/** On how many days of this day's week the rule wants anything. */
const daysWanted = (input: PlanInput, demand: Demand): number => {
  const monday = mondayOfInput(input);
  const week = Array.from({ length: WEEK_DAYS }, (_, index) => monday + index);
  return week.filter((day) => occurrencesOn(demand.rule, day, demand.owesFrom) > 0).length;
};

/**
 * On how many days of the week, this one included, any rule wants anything: where all rules together
 * want more days than a cap allows, the week's first days are planned and the others refused.
 */
const daysSoFar = (input: PlanInput): number => {
  const monday = mondayOfInput(input);
  const count = dayToNumber(input.day) - monday + 1;
  const days = Array.from({ length: count }, (_, index) => monday + index);
  return days.filter((day) => demandsOn(input, day).length > 0).length;
};

const checkContent = (input: PlanInput, demand: Demand): PlanProblem | undefined => {
  const { campaign } = demand.rule;
  const row = input.table.find((each) => each.day === input.day);
  const usable = input.bulletins.some(
    (bulletin) =>
      bulletin.priority !== 'emergency' &&
      bulletin.campaigns.includes(campaign) &&
      bulletin.validFromMs < (row?.endMs ?? 0) &&
      bulletin.expiresMs > (row?.startMs ?? 0),
  );
  return usable ? undefined : { code: 'campaignWithoutBulletins', campaign };
};
