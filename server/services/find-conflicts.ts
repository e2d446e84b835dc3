import { addDays } from '#runtime/day-table.ts';
import type { LocalDay } from '#schemas/primitives.ts';
import type { Problem } from '#schemas/problem.ts';
import type { ServerPorts } from '../ports/server-ports.ts';
import {
  type AffectedUnit,
  type EntryFinding,
  type Names,
  problemToSentences,
} from './entry-finding.ts';
import { laterDay } from './later-day.ts';
import type { SiteTexts } from './speaker-scope.ts';
import { problemKey, type TriedDays, type TriedProblem, tryPlans } from './try-plans.ts';

/** How many days are tried from the first day on, and from each later change on. */
const FIRST_DAYS = 14;
const CHANGE_DAYS = 7;
/** The most later days on which something comes into force that are tried too. */
const MAX_CHANGES = 4;

/** What is entered: the texts without it and with it, the units it binds, and its own ids. */
export interface Entry {
  readonly before: SiteTexts;
  readonly after: SiteTexts;
  readonly units: readonly string[];
  /** Problems that name one of these are told even if they stood before. */
  readonly about: ReadonlySet<string>;
  /** The days on which it holds and that plans can still be made for; null when there is none. */
  readonly days: { readonly from: LocalDay; readonly to: LocalDay } | null;
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
  return [...Map.groupBy(found, ({ problem }) => problemKey(problem)).values()].flatMap((group) =>
    groupToFinding(group, placed, names),
  );
};

const keyOf = ({ unit, day, problem }: TriedProblem): string =>
  `${unit} ${day} ${problemKey(problem)}`;

const isAbout = (problem: Problem, about: ReadonlySet<string>): boolean =>
  Object.values(problem).some((value) => about.has(String(value)));

/** The first days, and a week from each later day on which a rule or a cap comes into force. */
const stretchesOf = (
  { rules, caps }: SiteTexts,
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

const groupToFinding = (
  group: readonly TriedProblem[],
  placed: (unit: string) => AffectedUnit,
  names: Names,
): readonly EntryFinding[] => {
  const days = group.map(({ day }) => day).sort();
  const [problem] = group.map((one) => one.problem);
  const [first] = days;
  if (problem === undefined || first === undefined) return [];
  const units = [...new Set(group.map(({ unit }) => unit))].map(placed);
  const sentences = problemToSentences(problem, names);
  const span = { first, last: days.at(-1) ?? first };
  return [{ code: problem.code, problem, sentences, units, days: span }];
};
