import { DAY_MINUTES, localTimeToMinutes, MINUTE_MS } from '#core/local-time.ts';
import type { PlanChange } from '#schemas/plan-explanation.ts';
import type { LocalTime } from '#schemas/primitives.ts';

/** What a change costs: `once`, and `each` for every minute, session, day or occurrence of it. */
interface Price {
  readonly once: number;
  readonly each: number;
}

/**
 * Prices, in minutes of new content: what an operator can do alone is cheap, what needs a colleague
 * or another station dearer, what needs the authority that set a cap, quiet hours or a minimum
 * dearest. Source: docs/commands-airtime.md, the costs of repairs.
 */
export const repairPrices: Readonly<Record<PlanChange['kind'], Price>> = {
  extendValidity: { once: 2, each: 0 },
  addContent: { once: 0, each: 1 },
  setDaypart: { once: 1, each: 1 },
  leaveOut: { once: 5, each: 0 },
  makeOptional: { once: 5, each: 0 },
  lowerSpacing: { once: 5, each: 1 },
  moveProgramme: { once: 10, each: 1 },
  freeStretch: { once: 40, each: 0 },
  dropProgramme: { once: 40, each: 0 },
  raiseCap: { once: 60, each: 2 },
  trimQuietHours: { once: 60, each: 2 },
  allowWeekday: { once: 80, each: 0 },
  lowerMinutes: { once: 100, each: 2 },
  lowerOccurrences: { once: 100, each: 30 },
};

const minutesBetween = (a: LocalTime, b: LocalTime): number => {
  const apart = Math.abs(localTimeToMinutes(a) - localTimeToMinutes(b));
  return Math.min(apart, DAY_MINUTES - apart);
};

/** How much is changed, in the change's own steps. */
const amountOf = (change: PlanChange): number => {
  switch (change.kind) {
    case 'addContent':
      return change.addMs / MINUTE_MS;
    case 'setDaypart':
    case 'trimQuietHours':
      if (change.after === null) return minutesBetween(change.before.from, change.before.to);
      return (
        minutesBetween(change.before.from, change.after.from) +
        minutesBetween(change.before.to, change.after.to)
      );
    case 'moveProgramme':
      return minutesBetween(change.before, change.after);
    case 'raiseCap':
    case 'lowerMinutes':
    case 'lowerOccurrences':
    case 'lowerSpacing':
      return Math.abs(change.after - change.before);
    default:
      return 0;
  }
};

/** The cost of a change, in minutes of new content, to a hundredth. */
export const costOf = (change: PlanChange): number => {
  const { once, each } = repairPrices[change.kind];
  return Math.round((once + each * amountOf(change)) * 100) / 100;
};
