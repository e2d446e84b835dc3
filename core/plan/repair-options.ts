import { neededMsOf } from '#core/airtime/occurrences.ts';
import { DAY_MINUTES, localTimeToMinutes } from '#core/local-time.ts';
import type { AirtimeRule } from '#schemas/airtime.ts';
import type { CapLimit, PlanChange, PlanDemand } from '#schemas/plan-explanation.ts';
import type { Daypart, Id } from '#schemas/primitives.ts';
import { daypartMinutes } from './apply-change.ts';
import type { PlanInput } from './plan-input.ts';
import { costOf } from './repair-cost.ts';
import { minutesToLocalTime } from './wall-time.ts';

const SECOND_MS = 1000;
/** How far dayparts are opened and programmes moved, in minutes. */
const MAX_MOVED_MIN = 180;

/** A change of 1 to `most` steps; more steps change more. */
export interface RepairOption {
  readonly most: number;
  readonly change: (steps: number) => PlanChange;
}

const once = (change: PlanChange): RepairOption => ({ most: 1, change: () => change });

const moved = (time: string, minutes: number): string =>
  minutesToLocalTime(localTimeToMinutes(time) + minutes + DAY_MINUTES);

const openings = (rule: Id | null, before: Daypart): RepairOption[] => {
  const most = Math.min(MAX_MOVED_MIN, DAY_MINUTES - daypartMinutes(before) - 1);
  const kind = 'setDaypart';
  return [
    {
      most,
      change: (min) => ({ kind, rule, before, after: { ...before, to: moved(before.to, min) } }),
    },
    {
      most,
      change: (min) => ({
        kind,
        rule,
        before,
        after: { ...before, from: moved(before.from, -min) },
      }),
    },
  ];
};

const trimmings = (cap: Id | null, before: Daypart): RepairOption[] => {
  const most = Math.min(MAX_MOVED_MIN, daypartMinutes(before) - 1);
  const kind = 'trimQuietHours';
  return [
    {
      most,
      change: (min) => ({ kind, cap, before, after: { ...before, from: moved(before.from, min) } }),
    },
    {
      most,
      change: (min) => ({ kind, cap, before, after: { ...before, to: moved(before.to, -min) } }),
    },
    once({ kind, cap, before, after: null }),
  ];
};

const lowerings = ({ id, minMinutes, minOccurrences }: AirtimeRule): RepairOption[] => {
  const minutes = Math.ceil(minMinutes ?? 1);
  return [
    {
      most: minutes - 1,
      change: (steps) => ({
        kind: 'lowerMinutes',
        rule: id,
        before: minMinutes ?? 0,
        after: minutes - steps,
      }),
    },
    {
      most: minOccurrences - 1,
      change: (steps) => ({
        kind: 'lowerOccurrences',
        rule: id,
        before: minOccurrences,
        after: minOccurrences - steps,
      }),
    },
  ];
};

const highest: Record<CapLimit, number> = {
  maxSessionsPerDay: 96,
  maxDaysPerWeek: 7,
  maxSessionMinutes: 240,
  maxDayMinutes: 1440,
};

const raising = (cap: Id, limit: CapLimit, allowed: number): RepairOption => ({
  most: Math.floor(highest[limit] - allowed),
  change: (steps) => ({
    kind: 'raiseCap',
    cap,
    limit,
    before: allowed,
    after: Math.floor(allowed) + steps,
  }),
});

const movings = (programme: Id, before: string): RepairOption[] =>
  [1, -1].map((direction) => ({
    most: MAX_MOVED_MIN,
    change: (min) => ({
      kind: 'moveProgramme',
      programme,
      before,
      after: moved(before, direction * min),
    }),
  }));

const spacingOf = (rule: Id, minutes: number): RepairOption => ({
  most: minutes,
  change: (steps) => ({ kind: 'lowerSpacing', rule, before: minutes, after: minutes - steps }),
});

const MINUTE_MS = 60_000;

/** Content up to all that a session of one of the campaign's rules needs. */
const additions = (input: PlanInput, campaign: Id): RepairOption[] => {
  const needed = input.rules
    .filter((rule) => rule.campaign === campaign)
    .map((rule) => Math.ceil(neededMsOf(rule) / SECOND_MS));
  return [...new Set(needed)].map((most) => ({
    most,
    change: (steps) => ({ kind: 'addContent', campaign, addMs: steps * SECOND_MS }),
  }));
};

const optionsOf = (input: PlanInput, demand: PlanDemand): RepairOption[] => {
  switch (demand.kind) {
    case 'rule':
      return input.rules
        .filter(({ id }) => id === demand.rule)
        .slice(0, 1)
        .flatMap(lowerings);
    case 'dayparts':
      return demand.dayparts.flatMap((each) => openings(demand.rule, each));
    case 'spacing':
      return [spacingOf(demand.rule, demand.spacingMs / MINUTE_MS)];
    case 'cap':
      return [raising(demand.cap, demand.limit, demand.allowed)];
    case 'weekday':
      return [once({ kind: 'allowWeekday', cap: demand.cap, weekday: demand.weekday })];
    case 'quietHours':
      return trimmings(demand.cap, demand.quiet);
    case 'content':
      return additions(input, demand.campaign);
    default:
      return otherOptions(demand);
  }
};

type Rest = Exclude<
  PlanDemand,
  { kind: 'rule' | 'dayparts' | 'spacing' | 'cap' | 'weekday' | 'quietHours' | 'content' }
>;

const otherOptions = (demand: Rest): RepairOption[] => {
  switch (demand.kind) {
    case 'occupied': {
      const { fromMs, toMs, from, to } = demand;
      return [once({ kind: 'freeStretch', fromMs, toMs, from, to })];
    }
    case 'programme': {
      const { programme, startsAt } = demand;
      const dropped = once({ kind: 'dropProgramme', programme, startsAt });
      return [...movings(programme, startsAt), dropped];
    }
    case 'validity':
      return [once({ kind: 'extendValidity', campaign: demand.campaign, day: demand.day })];
    case 'mandatory':
      return [once({ kind: 'makeOptional', bulletin: demand.bulletin })];
    case 'frame':
      return [once({ kind: 'leaveOut', role: demand.role, bulletin: demand.bulletin })];
  }
};

/** What could be changed about these demands, the cheapest beginning first. */
export const repairOptions = (
  input: PlanInput,
  clash: readonly PlanDemand[],
): readonly RepairOption[] =>
  clash
    .flatMap((demand) => optionsOf(input, demand))
    .filter(({ most }) => most >= 1)
    .sort((a, b) => costOf(a.change(1)) - costOf(b.change(1)));
