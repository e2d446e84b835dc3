import { DAY_MINUTES, localTimeToMinutes } from '#core/local-time.ts';
import type { PlanChange } from '#schemas/plan-explanation.ts';
import type { Daypart } from '#schemas/primitives.ts';
import type { PlanInput } from './plan-input.ts';
import {
  imaginedBulletin,
  optional,
  validForEver,
  withCap,
  withoutFrame,
  withoutProgramme,
  withoutStretch,
  withoutWeekday,
  withQuiet,
  withRule,
} from './without-demand.ts';

type Apply = {
  readonly [Kind in PlanChange['kind']]: (
    input: PlanInput,
    change: Extract<PlanChange, { kind: Kind }>,
  ) => PlanInput;
};

const changeDaypart =
  (before: Daypart, after: Daypart) =>
  (all: readonly Daypart[]): Daypart[] =>
    all.map((each) => (each.from === before.from && each.to === before.to ? after : each));

const apply: Apply = {
  addContent: (input, { campaign, addMs }) => {
    const added = imaginedBulletin(campaign, addMs, input.bulletins.length);
    return { ...input, bulletins: [...input.bulletins, { ...added, once: true }] };
  },
  setDaypart: (input, { rule, before, after }) => {
    const change = changeDaypart(before, after);
    return rule === null
      ? { ...input, dayparts: change(input.dayparts) }
      : withRule(input, rule, (each) => ({ ...each, dayparts: change(each.dayparts) }));
  },
  raiseCap: (input, { cap, limit, after }) =>
    withCap(input, cap, (each) => ({ ...each, [limit]: after })),
  allowWeekday: (input, { cap, weekday }) => withoutWeekday(input, cap, weekday),
  trimQuietHours: (input, { after, ...which }) => withQuiet(input, which, after),
  lowerMinutes: (input, { rule, after }) =>
    withRule(input, rule, (each) => ({ ...each, minMinutes: after })),
  lowerOccurrences: (input, { rule, after }) =>
    withRule(input, rule, (each) => ({ ...each, minOccurrences: after })),
  lowerSpacing: (input, { rule, after }) =>
    withRule(input, rule, (each) => ({ ...each, minSpacingMin: after })),
  freeStretch: (input, stretch) => withoutStretch(input, stretch),
  moveProgramme: (input, { programme, after }) => ({
    ...input,
    programmes: input.programmes.map((each) =>
      each.id === programme ? { ...each, startsAt: after } : each,
    ),
  }),
  dropProgramme: (input, { programme }) => withoutProgramme(input, programme),
  extendValidity: (input, { campaign }) => validForEver(input, campaign),
  makeOptional: (input, { bulletin }) => optional(input, bulletin),
  leaveOut: (input, item) => withoutFrame(input, item),
};

/** The input as it is after one change. */
export const applyChange = (input: PlanInput, change: PlanChange): PlanInput => {
  // The table holds, for each kind, the function that takes a change of just that kind.
  const applyKind = apply[change.kind] as (input: PlanInput, change: PlanChange) => PlanInput;
  return applyKind(input, change);
};

/** How many minutes of the wall a daypart covers, 1 to 1440. */
export const daypartMinutes = ({ from, to }: Daypart): number => {
  const length = localTimeToMinutes(to) - localTimeToMinutes(from);
  return length > 0 ? length : length + DAY_MINUTES;
};
