import { dayToNumber, weekdayOfNumber } from '#core/airtime/day-number.ts';
import { neededMsOf } from '#core/airtime/occurrences.ts';
import type { LocalDayRow } from '#core/local-time.ts';
import type { AirtimeCap } from '#schemas/airtime.ts';
import type { Id, LocalDay } from '#schemas/primitives.ts';
import { type Demand, daysNeeded, demandsOn } from './demand.ts';
import type { PlanInput, PlanProblem } from './plan-input.ts';
import { programmesOn } from './programmes.ts';
import { isOwed } from './shares.ts';
import { broadcastDays, daysUpTo } from './week-days.ts';

const MINUTE_MS = 60_000;

/** The caps in force on a day. */
export const capsOn = (caps: readonly AirtimeCap[], day: LocalDay): AirtimeCap[] =>
  caps.filter((cap) => cap.from <= day && (cap.to === null || day <= cap.to));

/**
 * The first thing that no placing of sessions could mend: a rule that ends before it starts, a
 * minimum above a cap, a campaign without a bulletin that may sound today. Where all rules together
 * want more days of a week than a cap allows, its first days are planned and the others refused.
 * Source: AIRTIME.md, 1.
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
  return checkWeek(input);
};

/** A rule by the week that would need this day, which the cap on days does not leave it. */
const checkWeek = (input: PlanInput): PlanProblem | undefined => {
  const day = dayToNumber(input.day);
  const week = broadcastDays(input, day);
  const [rule] = (week?.lacking ?? []).filter((each) => isOwed(each, day));
  if (week === null || rule === undefined || week.days.has(day)) return undefined;
  const { id, most } = week.cap;
  const needed = week.days.size + 1;
  const limit = 'maxDaysPerWeek';
  return { code: 'minimumAboveCap', rule: rule.id, cap: id, limit, needed, allowed: most };
};

/** What a cap allows beside what the rule needs, in the cap's own unit. */
const comparisons = (input: PlanInput, demand: Demand, cap: AirtimeCap) => {
  const minutes = neededMsOf(demand.rule) / MINUTE_MS;
  const day = dayToNumber(input.day);
  const weekday = weekdayOfNumber(day);
  const soFar = daysUpTo(input, day, (each) => demandsOn(input, each).length > 0);
  return [
    { limit: 'maxSessionsPerDay', needed: demand.occurrences, allowed: cap.maxSessionsPerDay },
    { limit: 'maxSessionMinutes', needed: minutes, allowed: cap.maxSessionMinutes },
    { limit: 'maxDayMinutes', needed: minutes * demand.occurrences, allowed: cap.maxDayMinutes },
    {
      limit: 'forbiddenWeekdays',
      needed: demand.occurrences,
      allowed: cap.forbiddenWeekdays.includes(weekday) ? 0 : null,
    },
    {
      limit: 'maxDaysPerWeek',
      needed: daysNeeded(input, demand, day),
      allowed: cap.maxDaysPerWeek,
    },
    { limit: 'maxDaysPerWeek', needed: soFar, allowed: cap.maxDaysPerWeek },
  ];
};

const checkCaps = (input: PlanInput, demand: Demand): PlanProblem | undefined => {
  const rule = demand.rule.id;
  for (const cap of capsOn(input.caps, input.day)) {
    for (const { limit, needed, allowed } of comparisons(input, demand, cap)) {
      if (allowed !== null && needed > allowed) {
        return { code: 'minimumAboveCap', rule, cap: cap.id, limit, needed, allowed };
      }
    }
  }
  return undefined;
};

const checkContent = (input: PlanInput, demand: Demand): PlanProblem | undefined => {
  const { campaign } = demand.rule;
  const row = input.table.find((each) => each.day === input.day);
  if (row !== undefined && isProgrammeOf(input, row, campaign)) return undefined;
  const usable = input.bulletins.some(
    (bulletin) =>
      bulletin.priority !== 'emergency' &&
      bulletin.campaigns.includes(campaign) &&
      bulletin.validFromMs < (row?.endMs ?? 0) &&
      bulletin.expiresMs > (row?.startMs ?? 0),
  );
  if (usable) return undefined;
  const there = input.elsewhere?.find((each) => each.campaign === campaign);
  if (there === undefined) return { code: 'campaignWithoutBulletins', campaign };
  return { code: 'campaignMeantElsewhere', campaign, count: there.bulletins };
};

/** Whether the speaker plays a fixed programme of the campaign that day: it may be enough by itself. */
const isProgrammeOf = (input: PlanInput, row: LocalDayRow, campaign: Id): boolean =>
  programmesOn(input, row).some(({ programme }) => programme.sound?.campaigns.includes(campaign));
