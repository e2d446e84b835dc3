import { addDays } from '#runtime/day-table.ts';
import type { PlanExplanation } from '#schemas/plan-explanation.ts';
import type { LocalDay } from '#schemas/primitives.ts';
import type { Problem } from '#schemas/problem.ts';
import type { ServerPorts } from '../ports/server-ports.ts';
import {
  type AffectedUnit,
  type EntryFinding,
  explanationToSentences,
  type Names,
  problemToSentences,
} from './entry-finding.ts';
import { laterDay } from './later-day.ts';
import {
  explainDay,
  problemKey,
  type TriedDays,
  type TriedProblem,
  type TriedTexts,
  tryPlans,
} from './try-plans.ts';

/** How many days are tried from the first day on, and from each later change on. */
const FIRST_DAYS = 14;
const CHANGE_DAYS = 7;
/** The most later days on which something comes into force that are tried too. */
const MAX_CHANGES = 4;
/** So many days of units are explained: what clashes, and what would mend it. */
const MAX_EXPLAINED = 3;

/** What is entered: the texts without it and with it, the units it binds, and its own ids. */
export interface Entry {
  readonly before: TriedTexts;
  readonly after: TriedTexts;
  readonly units: readonly string[];
  /** Problems that name one of these are told even if they stood before. */
  readonly about: ReadonlySet<string>;
  /** The days on which it holds and that plans can still be made for; null when there is none. */
  readonly days: { readonly from: LocalDay; readonly to: LocalDay } | null;
  /** Whether it is also worked out what would mend a conflict, which takes longer. */
  readonly isExplained: boolean;
}

type Ports = Pick<ServerPorts, 'store' | 'clock'>;

/**
 * What the entry would make impossible, found by planning its first days, and the first days of what
 * comes into force later, without it and with it. One finding for each problem, with the units and
 * speakers that it concerns. Source: AIRTIME.md, 1 and 5.
 */
export const findConflicts = async (
  ports: Ports,
  entry: Entry,
  names: Names,
): Promise<readonly EntryFinding[]> => {
  const { before, after, units, days } = entry;
  if (days === null || units.length === 0) return [];
  const tried = { units, stretches: stretchesOf(after, days) };
  const stood = new Set((await tryPlans(ports, before, tried)).map(keyOf));
  const found = (await tryPlans(ports, after, tried)).filter(
    (one) => !stood.has(keyOf(one)) || isAbout(one.problem, entry.about),
  );
  const placed = await affectedUnits(ports, names);
  const findings: EntryFinding[] = [];
  const explained = new Set<string>();
  for (const group of Map.groupBy(found, ({ problem }) => problemKey(problem)).values()) {
    const [first] = group;
    if (first === undefined) continue;
    const at = `${first.unit} ${first.day}`;
    const isNew = entry.isExplained && !explained.has(at) && explained.size < MAX_EXPLAINED;
    const explanation = isNew ? await explainDay(ports, after, first) : null;
    explained.add(at);
    findings.push(groupToFinding(group, first, { placed, names, explanation }));
  }
  return findings;
};

const keyOf = ({ unit, day, problem }: TriedProblem): string =>
  `${unit} ${day} ${problemKey(problem)}`;

const isAbout = (problem: Problem, about: ReadonlySet<string>): boolean =>
  Object.values(problem).some((value) => about.has(String(value)));

/** The first days, and a week from each later day on which a rule or a cap comes into force. */
const stretchesOf = (
  { rules, caps }: TriedTexts,
  { from, to }: { readonly from: LocalDay; readonly to: LocalDay },
): readonly TriedDays[] => {
  const stretch = (start: LocalDay, count: number): TriedDays => {
    const end = addDays(start, count - 1);
    return { from: start, to: end < to ? end : to };
  };
  const first = stretch(from, FIRST_DAYS);
  const starts = [
    ...rules.map((rule) => laterDay(rule.from, rule.versionFrom)),
    ...caps.map((cap) => cap.from),
  ];
  const later = [...new Set(starts)].filter((day) => day > first.to && day <= to).sort();
  return [first, ...later.slice(0, MAX_CHANGES).map((day) => stretch(day, CHANGE_DAYS))];
};

const affectedUnits = async (
  { store }: Ports,
  names: Names,
): Promise<(unit: string) => AffectedUnit> => {
  const standing = (await store.speakers()).filter(({ state }) => state !== 'removed');
  const byUnit = Map.groupBy(standing, ({ unit }) => unit);
  return (unit) => ({
    unit,
    name: names.get(unit) ?? unit,
    speakers: (byUnit.get(unit) ?? []).map(({ id, name }) => ({ id, name })),
  });
};

interface Telling {
  readonly placed: (unit: string) => AffectedUnit;
  readonly names: Names;
  readonly explanation: PlanExplanation | null;
}

const groupToFinding = (
  group: readonly TriedProblem[],
  { problem, day }: TriedProblem,
  { placed, names, explanation }: Telling,
): EntryFinding => {
  const days = group.map((one) => one.day).sort();
  return {
    code: problem.code,
    problem,
    sentences: problemToSentences(problem, names),
    repairs: explanation === null ? null : explanationToSentences(explanation, names),
    explanation,
    units: [...new Set(group.map(({ unit }) => unit))].map(placed),
    days: { first: days[0] ?? day, last: days.at(-1) ?? day },
  };
};
