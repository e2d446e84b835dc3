import type { AirtimeRule } from '#schemas/airtime.ts';
import type { Speaker } from '#schemas/entities/site.ts';
import type { LocalDay } from '#schemas/primitives.ts';
import type { SiteSettings } from '#schemas/site-settings.ts';
import { type EntryFinding, type Names, oddity } from './entry-finding.ts';
import { staggerOf } from './site-settings.ts';
import type { SiteRules } from './speaker-scope.ts';

interface StaggerFacts {
  readonly speakers: readonly Speaker[];
  readonly rules: SiteRules;
  readonly names: Names;
  /** The first day on which the settings hold. */
  readonly from: LocalDay;
}

/**
 * The rules that take no start for punctual that is as late as the stagger would make it: their
 * sessions begin together all the same, with the echo that the stagger was set against. One finding a
 * rule that is not over, by its narrowest version, with the units and speakers that it concerns.
 * Source: AIRTIME.md, 3 (`startToleranceS`) and 5.
 */
export const staggerFindings = (
  { speakers, rules, names, from }: StaggerFacts,
  settings: Pick<SiteSettings, 'staggerS'>,
): readonly EntryFinding[] => {
  const staggerById = staggerOf(speakers, settings);
  const late = speakers.flatMap((speaker) => {
    const staggerS = staggerById.get(speaker.id) ?? 0;
    const owed = rules.rulesOf(speaker, from).filter(({ to }) => to >= from);
    const narrow = owed.filter(({ startToleranceS }) => startToleranceS < staggerS);
    return narrow.map((rule) => ({ rule, speaker, staggerS }));
  });
  return [...Map.groupBy(late, ({ rule }) => rule.id).values()].map((group) =>
    groupToFinding(group, names),
  );
};

interface Late {
  readonly rule: AirtimeRule;
  readonly speaker: Speaker;
  readonly staggerS: number;
}

const groupToFinding = (group: readonly Late[], names: Names): EntryFinding => {
  const staggerS = Math.max(...group.map((one) => one.staggerS));
  const toleranceS = Math.min(...group.map(({ rule }) => rule.startToleranceS));
  const speakers = [...new Set(group.map(({ speaker }) => speaker))];
  const units = Map.groupBy(speakers, ({ unit }) => unit);
  const problem = {
    code: 'staggerUnpunctual',
    rule: group[0]?.rule.id ?? '',
    staggerS,
    toleranceS,
  } as const;
  return {
    ...oddity(problem, names),
    units: [...units].map(([unit, standing]) => ({
      unit,
      name: names.get(unit) ?? unit,
      speakers: standing.map(({ id, name }) => ({ id, name })),
    })),
  };
};
