import { neededMsOf } from '#core/airtime/occurrences.ts';
import type { AirtimeCap, AirtimeRule } from '#schemas/airtime.ts';
import type { PlanDemand } from '#schemas/plan-explanation.ts';
import type { Daypart, Id } from '#schemas/primitives.ts';
import type { PlanBulletin, PlanInput } from './plan-input.ts';

/** The latest instant there is. */
const FOR_EVER_MS = 253_402_300_799_999;
const allDay: Daypart = { from: '00:00', to: '00:00' };

/** The input with one rule, in all its versions, changed. */
export const withRule = (
  input: PlanInput,
  id: Id,
  change: (rule: AirtimeRule) => AirtimeRule,
): PlanInput => ({
  ...input,
  rules: input.rules.map((rule) => (rule.id === id ? change(rule) : rule)),
});

/** The input with one cap changed. */
export const withCap = (
  input: PlanInput,
  id: Id,
  change: (cap: AirtimeCap) => AirtimeCap,
): PlanInput => ({
  ...input,
  caps: input.caps.map((cap) => (cap.id === id ? change(cap) : cap)),
});

/** The input with some bulletins changed. */
export const withBulletins = (
  input: PlanInput,
  is: (bulletin: PlanBulletin) => boolean,
  change: (bulletin: PlanBulletin) => PlanBulletin,
): PlanInput => ({
  ...input,
  bulletins: input.bulletins.map((bulletin) => (is(bulletin) ? change(bulletin) : bulletin)),
});

/** A bulletin that does not exist, of a length, valid for ever; told apart by its number. */
export const imaginedBulletin = (
  campaign: Id,
  durationMs: number,
  number: number,
): PlanBulletin => ({
  id: `00000000-0000-7000-8000-${String(number).padStart(12, '0')}`,
  clip: { sha256: String(number).padStart(64, '0'), bytes: durationMs, durationMs },
  campaigns: [campaign],
  priority: 'normal',
  releasedMs: 0,
  validFromMs: 0,
  expiresMs: FOR_EVER_MS,
});

/** Content that fits every rule of the campaign to the millisecond, beside whatever else sounds. */
const withIdealContent = (input: PlanInput, campaign: Id): PlanInput => {
  const others = [
    ...input.frame,
    ...input.bulletins.filter(({ priority }) => priority === 'priority'),
  ];
  const othersMs = others.reduce((sum, { clip }) => sum + clip.durationMs, 0);
  const lengths = input.rules
    .filter((rule) => rule.campaign === campaign)
    .flatMap((rule) => [neededMsOf(rule), neededMsOf(rule) - othersMs]);
  const ideal = [...new Set(lengths)]
    .filter((durationMs) => durationMs > 0)
    .map((durationMs) =>
      imaginedBulletin(campaign, durationMs, input.bulletins.length + durationMs),
    );
  return { ...input, bulletins: [...input.bulletins, ...ideal] };
};

const sameDaypart = (a: Daypart) => (b: Daypart) => a.from === b.from && a.to === b.to;

/** The input with some quiet hours, of a cap or the site, replaced by others or none. */
export const withQuiet = (
  input: PlanInput,
  { cap, before }: { readonly cap: Id | null; readonly before: Daypart },
  after: Daypart | null,
): PlanInput => {
  const isThis = sameDaypart(before);
  const change = (all: readonly Daypart[]) =>
    all.flatMap((each) => (isThis(each) ? (after ?? []) : each));
  return cap === null
    ? { ...input, quietHours: change(input.quietHours) }
    : withCap(input, cap, (each) => ({ ...each, quietHours: change(each.quietHours) }));
};

/** Bulletins of the campaign, valid for ever. */
export const validForEver = (input: PlanInput, campaign: Id): PlanInput =>
  withBulletins(
    input,
    ({ campaigns }) => campaigns.includes(campaign),
    (each) => ({ ...each, validFromMs: 0, expiresMs: FOR_EVER_MS }),
  );

type Drop = {
  readonly [Kind in PlanDemand['kind']]: (
    input: PlanInput,
    demand: Extract<PlanDemand, { kind: Kind }>,
  ) => PlanInput;
};

const drop: Drop = {
  rule: (input, { rule }) => ({ ...input, rules: input.rules.filter(({ id }) => id !== rule) }),
  dayparts: (input, { rule }) =>
    rule === null
      ? { ...input, dayparts: [] }
      : withRule(input, rule, (each) => ({ ...each, dayparts: [allDay] })),
  spacing: (input, { rule }) => withRule(input, rule, (each) => ({ ...each, minSpacingMin: 0 })),
  cap: (input, { cap, limit }) => withCap(input, cap, (each) => ({ ...each, [limit]: null })),
  weekday: (input, { cap, weekday }) => withoutWeekday(input, cap, weekday),
  quietHours: (input, { cap, quiet }) => withQuiet(input, { cap, before: quiet }, null),
  occupied: (input, { fromMs, toMs }) => withoutStretch(input, { fromMs, toMs }),
  programme: (input, { programme }) => withoutProgramme(input, programme),
  content: (input, { campaign }) => withIdealContent(input, campaign),
  validity: (input, { campaign }) => validForEver(input, campaign),
  mandatory: (input, { bulletin }) => optional(input, bulletin),
  frame: (input, item) => withoutFrame(input, item),
};

/** The input with one weekday no longer forbidden by a cap. */
export const withoutWeekday = (input: PlanInput, cap: Id, weekday: number): PlanInput =>
  withCap(input, cap, (each) => ({
    ...each,
    forbiddenWeekdays: each.forbiddenWeekdays.filter((day) => day !== weekday),
  }));

/** The input without one stretch in which something else sounds. */
export const withoutStretch = (
  input: PlanInput,
  stretch: { readonly fromMs: number; readonly toMs: number },
): PlanInput => ({
  ...input,
  occupied: input.occupied.filter(
    ({ fromMs, toMs }) => fromMs !== stretch.fromMs || toMs !== stretch.toMs,
  ),
});

/** The input without one fixed programme. */
export const withoutProgramme = (input: PlanInput, programme: Id): PlanInput => ({
  ...input,
  programmes: input.programmes.filter(({ id }) => id !== programme),
});

/** The bulletin is no more mandatory. */
export const optional = (input: PlanInput, bulletin: Id): PlanInput =>
  withBulletins(
    input,
    ({ id }) => id === bulletin,
    (each) => ({ ...each, priority: 'normal' }),
  );

/** The input without one hotline, or without the ident or the closing and those in its place. */
export const withoutFrame = (
  input: PlanInput,
  item: { readonly role: string; readonly bulletin: Id | null },
): PlanInput => ({
  ...input,
  frame: input.frame.filter(
    ({ role, bulletin, rank = 0 }) =>
      role !== item.role || (bulletin !== item.bulletin && rank === 0),
  ),
});

/**
 * The input without one demand; of `content` and `validity`, with bulletins of whatever length fits,
 * or that are always valid.
 */
export const withoutDemand = (input: PlanInput, demand: PlanDemand): PlanInput => {
  // The table holds, for each kind, the function that takes a demand of just that kind.
  const dropKind = drop[demand.kind] as (input: PlanInput, demand: PlanDemand) => PlanInput;
  return dropKind(input, demand);
};
