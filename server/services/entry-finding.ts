import { MAX_CHANGES } from '#core/plan/find-repairs.ts';
import { type Language, languages } from '#schemas/messages/fill-sentence.ts';
import { explanationToSentence } from '#schemas/messages/plan-sentence.ts';
import { problemToSentence } from '#schemas/messages/sentence.ts';
import type { PlanExplanation } from '#schemas/plan-explanation.ts';
import type { Id, LocalDay } from '#schemas/primitives.ts';
import type { Problem } from '#schemas/problem.ts';
import type { Store } from '../ports/store.ts';

/** A unit in which something stands in the way, and its speakers. */
export interface AffectedUnit {
  readonly unit: Id;
  readonly name: string;
  readonly speakers: readonly { readonly id: Id; readonly name: string }[];
}

/**
 * Something that the person who enters a rule or a cap must see: odd, or in conflict with what
 * stands. `units` and `days` say where and when plans would fail; both are empty for what is odd
 * about the entry itself.
 */
export interface EntryFinding {
  readonly code: Problem['code'];
  readonly problem: Problem;
  readonly sentences: Readonly<Record<Language, string>>;
  /** What cannot hold together and what would mend it, in sentences; null without an explanation. */
  readonly repairs: Readonly<Record<Language, string>> | null;
  readonly units: readonly AffectedUnit[];
  /** What cannot hold together on the first of the days, and what would mend it; null where that is not known. */
  readonly explanation: PlanExplanation | null;
  /** The first and the last of the days that were tried and failed; null without any. */
  readonly days: { readonly first: LocalDay; readonly last: LocalDay } | null;
}

/** What a person calls the things that problems name by their ids. */
export type Names = ReadonlyMap<string, string>;

type NamedThings = Pick<
  Store,
  'rules' | 'caps' | 'programmes' | 'campaigns' | 'units' | 'speakers'
>;

/** Rules are called by their campaign and unit, caps by their unit, the rest by their own names. */
export const readNames = async (store: NamedThings): Promise<Names> => {
  const [rules, caps, campaigns, units, speakers, programmes] = await Promise.all([
    store.rules(),
    store.caps(),
    store.campaigns(),
    store.units(),
    store.speakers(),
    store.programmes(),
  ]);
  const names = new Map(
    [...campaigns, ...units, ...speakers, ...programmes].map(({ id, name }) => [id, name]),
  );
  const nameOf = (id: string): string => names.get(id) ?? id;
  for (const { id, unit } of caps) names.set(id, nameOf(unit));
  for (const { id, campaign, unit } of rules) {
    names.set(id, ruleName(nameOf(campaign), nameOf(unit)));
  }
  return names;
};

/** What a rule is called. */
export const ruleName = (campaign: string, unit: string): string => `“${campaign}” (${unit})`;

/** The sentences of a problem, with names in the place of ids. */
export const problemToSentences = (problem: Problem, names: Names): EntryFinding['sentences'] => {
  const named = Object.fromEntries(
    Object.entries(problem).map(([fact, value]) => [fact, names.get(String(value)) ?? value]),
  );
  // Facts keep their fields; only the texts in them are other ones.
  const [vi, en] = languages.map((language) => problemToSentence(named as Problem, language));
  return { vi: vi ?? '', en: en ?? '' };
};

/** The sentences of an explanation, with names in the place of ids. */
export const explanationToSentences = (
  explanation: PlanExplanation,
  names: Names,
): EntryFinding['sentences'] => {
  const nameOf = (id: string): string => names.get(id) ?? id;
  const say = (language: Language) =>
    explanationToSentence(explanation, { language, nameOf, mostChanges: MAX_CHANGES });
  return { vi: say('vi'), en: say('en') };
};

/** A finding about the entry itself. */
export const oddity = (problem: Problem, names: Names): EntryFinding => ({
  code: problem.code,
  problem,
  sentences: problemToSentences(problem, names),
  repairs: null,
  units: [],
  explanation: null,
  days: null,
});

/** The codes of findings that nobody has confirmed, each once. */
export const unconfirmed = (
  findings: readonly EntryFinding[],
  confirmed: readonly string[],
): readonly string[] =>
  [...new Set(findings.map(({ code }) => code))].filter((code) => !confirmed.includes(code));
