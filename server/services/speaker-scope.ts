import { createUnitTree, owingUnit, type UnitPath } from '#core/airtime/unit-tree.ts';
import type { AirtimeCap, AirtimeRule } from '#schemas/airtime.ts';
import type { Programme } from '#schemas/entities/programme.ts';
import type { Speaker, Unit } from '#schemas/entities/site.ts';
import type { Daypart, Id, LocalDay } from '#schemas/primitives.ts';
import type { Store } from '../ports/store.ts';

/** What is needed of a speaker to know what binds it. */
export type Placed = Pick<Speaker, 'unit'>;

/** Units, rules, caps and fixed programmes of the site, read once for many speakers. */
export interface SiteRules {
  /** Every version of the rules that the speaker owes on the day. */
  rulesOf(speaker: Placed, day: LocalDay): readonly AirtimeRule[];
  /** The caps of its unit and of those above it, in whatever days they hold. */
  capsOf(speaker: Placed, day: LocalDay): readonly AirtimeCap[];
  /** The fixed programmes of its unit and of those above it, whatever their days, but none suspended. */
  programmesOf(speaker: Placed, day: LocalDay): readonly Programme[];
  /** Its unit, then each unit above it. */
  unitsAbove(speaker: Placed, day: LocalDay): readonly Id[];
  /** Whether any rule names this one in `unlessAired`. */
  isCondition(rule: Id): boolean;
  /** How many rules one after the other free a speaker from what it owes, over any that it owes. */
  conditionDepth(speaker: Placed, day: LocalDay): number;
}

/** What rules and caps are applied with. */
export interface SiteTexts {
  readonly units: readonly Unit[];
  readonly rules: readonly AirtimeRule[];
  readonly caps: readonly AirtimeCap[];
  readonly programmes: readonly Programme[];
}

/** What the site's store holds of them now. */
export const readSiteTexts = async (
  store: Pick<Store, 'units' | 'rules' | 'caps' | 'programmes'>,
): Promise<SiteTexts> => {
  const [units, rules, caps, programmes] = await Promise.all([
    store.units(),
    store.rules(),
    store.caps(),
    store.programmes(),
  ]);
  return { units, rules, caps, programmes };
};

/** What binds a speaker by the tree of the day. Source: AIRTIME.md, 4 (scope) and 5. */
export const createSiteRules = ({ units, rules, caps, programmes }: SiteTexts): SiteRules => {
  const tree = createUnitTree(units.map(unitToSpan));
  const pathOf = (speaker: Placed, day: LocalDay): UnitPath => tree.pathOn(speaker.unit, day);
  const conditionById = new Map(rules.map(({ id, unlessAired }) => [id, unlessAired]));
  const conditions = new Set(conditionById.values());
  const depthOf = (rule: Id): number => {
    const seen = new Set<Id>();
    let next = conditionById.get(rule) ?? null;
    while (next !== null && !seen.has(next)) {
      seen.add(next);
      next = conditionById.get(next) ?? null;
    }
    return seen.size;
  };
  const rulesOf: SiteRules['rulesOf'] = (speaker, day) => {
    const path = pathOf(speaker, day);
    return rules.filter((rule) => owingUnit(rule, path) !== null);
  };
  return {
    isCondition: (rule) => conditions.has(rule),
    conditionDepth: (speaker, day) =>
      Math.max(0, ...rulesOf(speaker, day).map(({ id }) => depthOf(id))),
    rulesOf,
    capsOf: (speaker, day) => {
      const above = new Set(pathOf(speaker, day).map(({ unit }) => unit));
      return caps.filter((cap) => above.has(cap.unit));
    },
    programmesOf: (speaker, day) => {
      const above = new Set(pathOf(speaker, day).map(({ unit }) => unit));
      return programmes.filter(({ unit, suspended }) => !suspended && above.has(unit));
    },
    unitsAbove: (speaker, day) => pathOf(speaker, day).map(({ unit }) => unit),
  };
};

/** What binds the site's speakers now. */
export const readSiteRules = async (
  store: Pick<Store, 'units' | 'rules' | 'caps' | 'programmes'>,
): Promise<SiteRules> => createSiteRules(await readSiteTexts(store));

/** A unit as the tree over time holds it. */
export const unitToSpan = ({ id, level, parent, from, to }: Unit) => ({
  unit: id,
  level,
  parent,
  from,
  to,
});

/** The quiet hours of all caps that hold on the day, in no order. */
export const quietHoursOn = (caps: readonly AirtimeCap[], day: LocalDay): readonly Daypart[] =>
  caps
    .filter((cap) => cap.from <= day && (cap.to === null || day <= cap.to))
    .flatMap((cap) => cap.quietHours);
