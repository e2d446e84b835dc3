import { neededMsOf } from '#core/airtime/occurrences.ts';
import type { AirtimeCap } from '#schemas/airtime.ts';
import { type CapLimit, capLimitSchema, type PlanDemand } from '#schemas/plan-explanation.ts';
import type { Daypart, Id } from '#schemas/primitives.ts';
import { capsOn } from './check-rules.ts';
import { type Demand, demandsOf } from './demand.ts';
import type { PlanBulletin, PlanInput } from './plan-input.ts';
import { instantToLocalTime } from './wall-time.ts';

const MINUTE_MS = 60_000;
const limits: readonly CapLimit[] = capLimitSchema.options;

const ofRule = ({ rule, occurrences }: Demand): PlanDemand[] => [
  ...(rule.minSpacingMin === 0
    ? []
    : [{ kind: 'spacing', rule: rule.id, spacingMs: rule.minSpacingMin * MINUTE_MS } as const]),
  ...(rule.dayparts.length === 0
    ? []
    : [{ kind: 'dayparts', rule: rule.id, dayparts: rule.dayparts } as const]),
  { kind: 'rule', rule: rule.id, occurrences, neededMs: neededMsOf(rule) },
];

const ofQuiet =
  (cap: Id | null) =>
  (quiet: Daypart): PlanDemand => ({ kind: 'quietHours', cap, quiet });

const ofCap = (cap: AirtimeCap, weekday: number): PlanDemand[] => [
  ...cap.quietHours.map(ofQuiet(cap.id)),
  ...(cap.forbiddenWeekdays.includes(weekday)
    ? [{ kind: 'weekday', cap: cap.id, weekday } as const]
    : []),
  ...limits.flatMap((limit) => {
    const allowed = cap[limit];
    return allowed === null ? [] : [{ kind: 'cap', cap: cap.id, limit, allowed } as const];
  }),
];

const isOf = (campaign: Id) => (bulletin: PlanBulletin) =>
  bulletin.priority !== 'emergency' && bulletin.campaigns.includes(campaign);

const ofCampaign = (input: PlanInput, campaign: Id): PlanDemand[] => {
  const own = input.bulletins.filter(isOf(campaign));
  const totalMs = own.reduce((sum, { clip }) => sum + clip.durationMs, 0);
  const { startMs = 0 } = input.table[0] ?? {};
  const endMs = input.table.at(-1)?.endMs ?? 0;
  const isBounded = own.some((each) => each.validFromMs > startMs || each.expiresMs < endMs);
  return [
    ...(isBounded ? [{ kind: 'validity', campaign, day: input.day } as const] : []),
    { kind: 'content', campaign, bulletins: own.length, totalMs },
  ];
};

const around = (input: PlanInput): PlanDemand[] => [
  ...input.frame
    .filter(({ rank = 0 }) => rank === 0)
    .map(({ role, bulletin, clip }) => ({
      kind: 'frame' as const,
      role,
      bulletin,
      durationMs: clip.durationMs,
    })),
  ...input.bulletins
    .filter(({ priority }) => priority === 'priority')
    .map(({ id, clip }) => ({
      kind: 'mandatory' as const,
      bulletin: id,
      durationMs: clip.durationMs,
    })),
];

const elsewhere = (input: PlanInput): PlanDemand[] => [
  ...input.occupied.map(({ fromMs, toMs }) => ({
    kind: 'occupied' as const,
    fromMs,
    toMs,
    from: instantToLocalTime(input.table, fromMs),
    to: instantToLocalTime(input.table, toMs),
  })),
  ...input.programmes.map(({ id, startsAt, durationMs }) => ({
    kind: 'programme' as const,
    programme: id,
    startsAt,
    durationMs,
  })),
  ...input.quietHours.map(ofQuiet(null)),
];

/**
 * All that a plan of the day must keep, as data; what people change least easily comes last. `input`
 * is normalised, so that equal inputs give equal lists.
 */
export const dayDemands = (input: PlanInput): PlanDemand[] => {
  const demands = demandsOf(input);
  const campaigns = [...new Set(demands.map(({ rule }) => rule.campaign))];
  const weekday = input.table.find(({ day }) => day === input.day)?.weekday ?? 0;
  const ofCaps = capsOn(input.caps, input.day).flatMap((cap) => ofCap(cap, weekday));
  const usesSite =
    input.dayparts.length > 0 && demands.some(({ rule }) => rule.dayparts.length === 0);
  const site: PlanDemand = { kind: 'dayparts', rule: null, dayparts: [...input.dayparts] };
  const all = [
    ...around(input),
    ...campaigns.flatMap((campaign) => ofCampaign(input, campaign)),
    ...elsewhere(input),
    ...(usesSite ? [site] : []),
    ...demands.flatMap(ofRule),
    ...ofCaps,
  ];
  // What is tried first is dropped first: rules are what people want explained.
  return [
    ...all.filter(({ kind }) => kind !== 'rule'),
    ...all.filter(({ kind }) => kind === 'rule'),
  ];
};
