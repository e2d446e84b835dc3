import { exemptionCircles } from '#core/airtime/exemption-circles.ts';
import { problemOfRule, type RuleProblem } from '#core/airtime/rule-check.ts';
import { createUnitTree, owingUnit } from '#core/airtime/unit-tree.ts';
import { createId } from '#runtime/clock.ts';
import { addDays, localDayAt } from '#runtime/day-table.ts';
import type { AirtimeRule } from '#schemas/airtime.ts';
import type { Campaign, Directive } from '#schemas/entities/site.ts';
import type { LocalDay } from '#schemas/primitives.ts';
import type { ProblemOf } from '#schemas/problem.ts';
import type { SetRuleRequest } from '#schemas/requests/airtime.ts';
import { ok, type Result, refuse } from '#schemas/result.ts';
import type { ServerPorts } from '../ports/server-ports.ts';
import { type DaysProblem, oddDays, wrongDays } from './check-days.ts';
import { newestRules, type ReferenceProblem, wrongReference } from './check-rule-references.ts';
import { type EntryFinding, oddity, readNames, ruleName } from './entry-finding.ts';
import { findConflicts } from './find-conflicts.ts';
import { findDirective } from './find-directive.ts';
import { knownSite } from './known-site.ts';
import { laterDay } from './later-day.ts';
import { readSiteTexts, type SiteTexts, unitToSpan } from './speaker-scope.ts';

type Ports = Pick<ServerPorts, 'store' | 'clock' | 'entropy'>;
export type DraftRuleProblem =
  | ReferenceProblem
  | RuleProblem
  | DaysProblem
  | ProblemOf<'ruleWithoutEnd'>;

/** A rule as it would stand, and what whoever enters it must see before. */
export interface DraftedRule {
  readonly rule: AirtimeRule;
  readonly findings: readonly EntryFinding[];
}

/**
 * The rule, or the new version of one, that a request would make; nothing is written. What cannot be
 * right is refused; what is odd, and what plans could not hold beside what stands, are findings; with
 * `isExplained`, also what would mend it. A
 * new version is in force from tomorrow at the earliest, so that it never re-judges a day that has
 * begun. Errors: unknownCampaign, unknownUnit, notFound, ruleWithoutEnd, ruleIncomplete, ruleCycle,
 * ruleEndsBeforeStart, ruleYearImplausible. Source: AIRTIME.md, 1, 3 and 4.
 */
export const draftRule = async (
  ports: Ports,
  request: SetRuleRequest,
  isExplained = true,
): Promise<Result<DraftedRule, DraftRuleProblem>> => {
  const { store, clock } = ports;
  const { to } = request;
  if (to === null) return refuse({ code: 'ruleWithoutEnd', from: request.from });
  const directive = await findDirective(store, request.directive);
  if (!directive.ok) return directive;
  const texts = await readSiteTexts(store);
  const rules = newestRules(texts.rules);
  const today = localDayAt(clock.wallMs(), (await knownSite(store)).zone);
  const wrong =
    wrongDays({ from: request.from, to }, directive.value, today) ??
    (await wrongReference(store, request, rules));
  if (wrong !== undefined) return refuse(wrong);
  const before = request.id === undefined ? undefined : rules.get(request.id);
  const rule = nextVersion(ports, { ...request, to }, { before, today });
  const unfit = problemOfRule(rule, new Set(rules.keys()));
  if (unfit !== undefined) return refuse(unfit);
  // An earlier version may still be in force on days on which this one already is.
  if (exemptionCircles([...texts.rules, rule]).has(texts.rules.length)) {
    return refuse({ code: 'ruleCycle', rule: rule.id });
  }
  const campaign = (await store.campaigns()).find(({ id }) => id === rule.campaign);
  const facts = { rule, texts, today, directive: directive.value, campaign, isExplained };
  return ok({ rule, findings: await findingsOf(ports, facts) });
};

interface History {
  readonly before: AirtimeRule | undefined;
  readonly today: LocalDay;
}

const nextVersion = (
  { clock, entropy }: Pick<Ports, 'clock' | 'entropy'>,
  { confirmed: _, ...request }: SetRuleRequest & { readonly to: LocalDay },
  { before, today }: History,
): AirtimeRule => {
  const tomorrow = addDays(today, 1);
  const wished = request.versionFrom ?? (before === undefined ? request.from : tomorrow);
  return {
    ...request,
    id: before?.id ?? createId(clock, entropy),
    version: (before?.version ?? 0) + 1,
    versionFrom: before !== undefined && wished < tomorrow ? tomorrow : wished,
  };
};

interface DraftFacts {
  readonly rule: AirtimeRule;
  readonly texts: SiteTexts;
  readonly today: LocalDay;
  readonly directive: Directive | undefined;
  readonly campaign: Campaign | undefined;
  readonly isExplained: boolean;
}

const findingsOf = async (ports: Ports, facts: DraftFacts): Promise<readonly EntryFinding[]> => {
  const { rule, texts, today, directive, campaign, isExplained } = facts;
  const units = unitsThatOwe(rule, texts);
  const speakers = await ports.store.speakers();
  const isOwed = speakers.some(({ state, unit }) => state !== 'removed' && units.includes(unit));
  const names = await readNames(ports.store);
  const named = new Map(names).set(
    rule.id,
    ruleName(names.get(rule.campaign) ?? '', names.get(rule.unit) ?? ''),
  );
  const odd = [
    ...oddDays(rule, directive, rule.version === 1 ? today : rule.from),
    ...(isInside(rule, campaign) ? [] : outsideCampaign(campaign)),
    ...(isOwed ? [] : [{ code: 'ruleBindsNobody', unit: rule.unit } as const]),
  ];
  const from = laterDay(laterDay(rule.from, rule.versionFrom), addDays(today, 1));
  const conflicts = await findConflicts(
    ports,
    {
      before: texts,
      after: { ...texts, rules: [...texts.rules, rule] },
      units,
      isExplained,
      about: new Set([rule.id, rule.campaign]),
      days: from > rule.to ? null : { from, to: rule.to },
    },
    named,
  );
  return [...odd.map((problem) => oddity(problem, named)), ...conflicts];
};

/** The units whose own speakers owe the rule on its first day or, if that is past, still do. */
const unitsThatOwe = (rule: AirtimeRule, { units }: SiteTexts): readonly string[] => {
  const tree = createUnitTree(units.map(unitToSpan));
  const owes = (unit: string, day: LocalDay) => owingUnit(rule, tree.pathOn(unit, day)) !== null;
  return units
    .filter(({ id, from }) => owes(id, laterDay(from, rule.from)))
    .map(({ id }) => id)
    .sort();
};

const isInside = (rule: AirtimeRule, campaign: Campaign | undefined): boolean =>
  campaign === undefined || (campaign.from <= rule.from && rule.to <= campaign.to);

const outsideCampaign = (campaign: Campaign | undefined): ProblemOf<'ruleOutsideCampaign'>[] =>
  campaign === undefined
    ? []
    : [{ code: 'ruleOutsideCampaign', from: campaign.from, to: campaign.to }];
