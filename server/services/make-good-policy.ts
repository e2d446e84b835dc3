import { reachesOver } from '#core/plan/programme-hours.ts';
import { addDays, localDayAt } from '#runtime/day-table.ts';
import type { Site, Speaker } from '#schemas/entities/site.ts';
import {
  MAX_POLICY_CAPS,
  MAX_POLICY_PROGRAMMES,
  MAX_POLICY_RULES,
  type MakeGoodPolicy,
  makeGoodPolicySchema,
} from '#schemas/make-good.ts';
import type { LocalDay } from '#schemas/primitives.ts';
import type { SiteSettings } from '#schemas/site-settings.ts';
import { type MakeGoodModes, modeIn } from './make-good-modes.ts';
import type { SiteRules } from './speaker-scope.ts';

export interface PolicyFacts {
  readonly site: Site;
  readonly rules: SiteRules;
  readonly modes: MakeGoodModes;
  readonly today: LocalDay;
  readonly settings: Pick<SiteSettings, 'dayparts' | 'volume' | 'manners'>;
}

/**
 * What a speaker decides repayments from: the rules it owes, the caps that bind it and the fixed
 * programmes that sound around it, those that are over left out. Where they are more than a policy carries, nothing is repaid: half of the caps would
 * be none. Source: AIRTIME.md, 5 (make-good).
 */
export const makeGoodPolicy = (
  { site, rules, modes, today, settings }: PolicyFacts,
  speaker: Speaker,
): MakeGoodPolicy => {
  const isAhead = ({ to }: { readonly to: LocalDay | null }) => to === null || to >= today;
  const owed = rules.rulesOf(speaker, today).filter(isAhead);
  const caps = rules.capsOf(speaker, today).filter(isAhead);
  // One that began on the last evening of its days still sounds this morning.
  const programmes = rules
    .programmesOf(speaker, today)
    .filter((one) => isAhead(one) || (reachesOver(one) && one.to === addDays(today, -1)));
  const isTooMuch =
    owed.length > MAX_POLICY_RULES ||
    caps.length > MAX_POLICY_CAPS ||
    programmes.length > MAX_POLICY_PROGRAMMES;
  const { enrolledMs } = speaker;
  // What the store holds besides is no part of the contract.
  return makeGoodPolicySchema.parse({
    mode: isTooMuch ? 'off' : modeIn(modes, rules.unitsAbove(speaker, today)),
    owesFrom: enrolledMs === null ? null : addDays(localDayAt(enrolledMs, site.zone), 1),
    rules: isTooMuch ? [] : owed.toSorted((a, b) => byText(a.id, b.id) || a.version - b.version),
    caps: isTooMuch ? [] : caps.toSorted((a, b) => byText(a.id, b.id) || byText(a.from, b.from)),
    programmes: isTooMuch ? [] : programmes.toSorted((a, b) => byText(a.id, b.id)),
    ...(settings.dayparts.length > 0 && { dayparts: settings.dayparts }),
    ...volumesOf(settings),
  });
};

/**
 * Where every daypart is as loud as the others, what repays is as loud as what was missed. One that
 * names no volume still goes before those behind it that it overlaps, as in the plan.
 */
const volumesOf = ({
  volume,
  manners,
}: PolicyFacts['settings']): Pick<MakeGoodPolicy, 'volumes'> => {
  const last = manners.findLastIndex((manner) => manner.volume !== null);
  const dayparts = manners
    .slice(0, last + 1)
    .map((manner) => ({ from: manner.from, to: manner.to, volume: manner.volume }));
  return dayparts.length === 0 ? {} : { volumes: { usual: volume, dayparts } };
};

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
