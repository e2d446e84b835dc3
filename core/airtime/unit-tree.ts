import type { AirtimeRule } from '#schemas/airtime.ts';
import type { Id, LocalDay } from '#schemas/primitives.ts';
import type { JudgedSpeaker, UnitSpan } from './judge-input.ts';

/** The deepest tree that is climbed; a longer way up is a loop in the data and ends there. */
const MAX_TREE_DEPTH = 16;

/** Where something stands on one day: its own unit first, then each unit above it. */
export type UnitPath = readonly UnitSpan[];

/** The tree of units, by the day. */
export interface UnitTree {
  readonly pathOn: (unit: Id, day: LocalDay) => UnitPath;
}

/** Whether a stretch of days, both included, holds the day. */
export const holdsDay = (
  span: { readonly from: LocalDay; readonly to: LocalDay | null },
  day: LocalDay,
): boolean => span.from <= day && (span.to === null || day <= span.to);

/** The tree over time, with each way up looked up once. A unit that is not there has no way. */
export const createUnitTree = (units: readonly UnitSpan[]): UnitTree => {
  const spansByUnit = Map.groupBy(units, (span) => span.unit);
  const pathsByDay = new Map<LocalDay, Map<Id, UnitPath>>();
  const climb = (unit: Id, day: LocalDay): UnitPath => {
    const path: UnitSpan[] = [];
    let next: Id | null = unit;
    while (next !== null && path.length < MAX_TREE_DEPTH) {
      const span: UnitSpan | undefined = spansByUnit.get(next)?.find((one) => holdsDay(one, day));
      if (span === undefined) break;
      path.push(span);
      next = span.parent;
    }
    return path;
  };
  return {
    pathOn: (unit, day) => {
      const known = pathsByDay.get(day)?.get(unit);
      if (known !== undefined) return known;
      const path = climb(unit, day);
      const paths = pathsByDay.get(day) ?? new Map<Id, UnitPath>();
      pathsByDay.set(day, paths.set(unit, path));
      return path;
    },
  };
};

/**
 * The unit for which something at the end of `path` owes the rule, null when it does not: the rule's
 * own unit for `own` and `subtree`, the unit of the rule's level for `each` (with all that stands at
 * or below it; what stands above that level owes nothing). Source: AIRTIME.md, 4 (scope).
 */
export const owingUnit = (rule: AirtimeRule, path: UnitPath): Id | null => {
  const index = path.findIndex((span) => span.unit === rule.unit);
  if (index < 0) return null;
  if (rule.scope === 'own') return index === 0 ? rule.unit : null;
  if (rule.scope === 'subtree') return rule.unit;
  return path.slice(0, index).find((span) => span.level === rule.level)?.unit ?? null;
};

/** The unit in which the speaker stands on a day; null on a day that owes nothing. */
export const unitOn = ({ stays }: Pick<JudgedSpeaker, 'stays'>, day: LocalDay): Id | null =>
  stays.find((stay) => holdsDay(stay, day))?.unit ?? null;
