import type { AirtimeRule } from '#schemas/airtime.ts';
import type { Id } from '#schemas/primitives.ts';
import { dayToNumber } from './day-number.ts';
import { versionOn } from './periods.ts';

/**
 * Rules that exempt one another in a circle on some day, as A unless B was aired and B unless A was:
 * the places in the list of all versions that take part, none when there is no such day. Versions that
 * are never in force on the same day make no circle, nor does a rule that names itself. Source: AIRTIME.md, 4 (`exempt`).
 */
export const exemptionCircles = (rules: readonly AirtimeRule[]): ReadonlySet<number> => {
  const versions = Map.groupBy(rules, ({ id }) => id);
  const places = new Map(rules.map((rule, index) => [rule, index]));
  // All of a circle is in force on the day on which the last of its versions begins.
  const circles = rules.map((rule) => circleThrough(rule, versions));
  return new Set(circles.flat().flatMap((rule) => places.get(rule) ?? []));
};

const circleThrough = (
  start: AirtimeRule,
  versions: ReadonlyMap<Id, readonly AirtimeRule[]>,
): readonly AirtimeRule[] => {
  const { from, versionFrom } = start;
  const day = Math.max(dayToNumber(from), dayToNumber(versionFrom));
  const passed = new Set<AirtimeRule>();
  let at: AirtimeRule | undefined = start;
  while (at !== undefined && at.unlessAired !== null && !passed.has(at)) {
    passed.add(at);
    at = versionOn(versions.get(at.unlessAired) ?? [], day);
    if (at === start && passed.size > 1) return [...passed];
  }
  return [];
};
