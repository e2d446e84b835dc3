import type { AirtimeRule } from '#schemas/airtime.ts';
import type {
  CorrectionsFile,
  ExcusesFile,
  LocksFile,
  PlaylistsFile,
  RulesFile,
  UnitsFile,
} from '#schemas/files/judged-files.ts';
import { dayToNumber, mondayOf } from './day-number.ts';
import { exemptionCircles } from './exemption-circles.ts';
import { problemOfRule } from './rule-check.ts';
import { createUnitTree } from './unit-tree.ts';

/** A mistake that no schema sees; `path` leads to the member, `issue` is a code. */
export interface FileIssue {
  readonly path: string;
  readonly issue: string;
}

interface Span {
  readonly from: string;
  readonly to: string | null;
}

const endsBeforeStart = ({ from, to }: Span): boolean => to !== null && to < from;

/** Whether a later one of these spans shares a day with this one. */
const overlapsLater = (spans: readonly Span[], at: number): boolean => {
  const span = spans[at];
  if (span === undefined) return false;
  return spans
    .slice(at + 1)
    .some((o) => (span.to === null || o.from <= span.to) && (o.to === null || span.from <= o.to));
};

const spanIssues = (
  path: string,
  spans: readonly Span[],
  places?: readonly number[],
): readonly FileIssue[] =>
  spans.flatMap((span, at) => {
    const place = `${path}.${places?.[at] ?? at}`;
    return [
      ...(endsBeforeStart(span) ? [{ path: place, issue: 'endsBeforeStart' }] : []),
      ...(overlapsLater(spans, at) ? [{ path: place, issue: 'overlaps' }] : []),
    ];
  });

/** Spans of a list that end before they start, or share a day with another of their name. */
export const namedSpanIssues = <T extends Span>(
  path: string,
  list: readonly T[],
  nameOf: (span: T) => string,
): readonly FileIssue[] => {
  const placed = list.map((span, place) => ({ span, place }));
  return [...Map.groupBy(placed, ({ span }) => nameOf(span)).values()].flatMap((group) =>
    spanIssues(
      path,
      group.map(({ span }) => span),
      group.map(({ place }) => place),
    ),
  );
};

/** Units above which, on the first day that they stand there, they come again. */
const loopIssues = (units: UnitsFile['units']): readonly FileIssue[] => {
  const tree = createUnitTree(units);
  return units.flatMap(({ unit, from }, index) =>
    tree
      .pathOn(unit, from)
      .slice(1)
      .some((above) => above.unit === unit)
      ? [{ path: `units.${index}.parent`, issue: 'loop' }]
      : [],
  );
};

/**
 * What is wrong with units and speakers: spans that end before they start or overlap, units that are
 * not there or lie below themselves, a speaker twice, a key that is missing although signatures are checked.
 */
export const checkUnitsFile = (file: UnitsFile, needsKeys: boolean): readonly FileIssue[] => {
  const known = new Set(file.units.map(({ unit }) => unit));
  const seen = new Set<string>();
  const issues = [
    ...namedSpanIssues('units', file.units, ({ unit }) => unit),
    ...loopIssues(file.units),
  ];
  for (const [index, { parent }] of file.units.entries()) {
    if (parent !== null && !known.has(parent)) {
      issues.push({ path: `units.${index}.parent`, issue: 'unknownUnit' });
    }
  }
  return [
    ...issues,
    ...file.speakers.flatMap((speaker, index) => {
      const path = `speakers.${index}`;
      const twice = seen.has(speaker.speaker) ? [{ path, issue: 'twice' }] : [];
      seen.add(speaker.speaker);
      const keyless = needsKeys && speaker.publicKey === null;
      const missing = keyless ? [{ path: `${path}.publicKey`, issue: 'missing' }] : [];
      return [...twice, ...missing, ...stayIssues(path, speaker, known)];
    }),
  ];
};

const stayIssues = (
  path: string,
  { stays }: UnitsFile['speakers'][number],
  known: ReadonlySet<string>,
): readonly FileIssue[] => [
  ...spanIssues(`${path}.stays`, stays),
  ...stays.flatMap(({ unit }, at) =>
    known.has(unit) ? [] : [{ path: `${path}.stays.${at}.unit`, issue: 'unknownUnit' }],
  ),
];

/** Versions of a rule that are there more than once: which of them would judge is not said. */
export const twiceIssues = (
  rules: readonly { readonly id: string; readonly version: number }[],
): readonly FileIssue[] => {
  const seen = new Set<string>();
  return rules.flatMap(({ id, version }, index) => {
    const name = `${id} ${version}`;
    const isTwice = seen.has(name);
    seen.add(name);
    return isTwice ? [{ path: `rules.${index}.version`, issue: 'twice' }] : [];
  });
};

/** Every rule that takes part in a circle of exemptions: who owes what is not said then. */
export const circleIssues = (rules: readonly AirtimeRule[]): readonly FileIssue[] =>
  [...exemptionCircles(rules)]
    .sort((a, b) => a - b)
    .map((index) => ({ path: `rules.${index}.unlessAired`, issue: 'ruleCycle' }));

/**
 * What is wrong with rules and caps beside the tree: a problem of a rule, a circle of exemptions, a
 * version twice, a cap in force twice on a day, a unit that is not there.
 */
export const checkRulesFile = (file: RulesFile, { units }: UnitsFile): readonly FileIssue[] => {
  const ids = new Set(file.rules.map(({ id }) => id));
  const known = new Set(units.map(({ unit }) => unit));
  const missing = (list: 'rules' | 'caps', bound: readonly { readonly unit: string }[]) =>
    bound.flatMap(({ unit }, index) =>
      known.has(unit) ? [] : [{ path: `${list}.${index}.unit`, issue: 'unknownUnit' }],
    );
  const wrong = file.rules.flatMap((rule, index) => {
    const problem = problemOfRule(rule, ids);
    if (problem === undefined) return [];
    const path = `rules.${index}.${problem.code === 'ruleIncomplete' ? problem.field : 'to'}`;
    return [{ path, issue: problem.code }];
  });
  const capSpans = namedSpanIssues('caps', file.caps, ({ id }) => id);
  return [
    ...wrong,
    ...circleIssues(file.rules),
    ...twiceIssues(file.rules),
    ...missing('rules', file.rules),
    ...missing('caps', file.caps),
    ...capSpans,
  ];
};

/** Speakers of a list that are not among those known. */
export const checkSpeakers = (
  list: string,
  named: readonly { readonly speaker: string }[],
  { speakers }: UnitsFile,
): readonly FileIssue[] => {
  const known = new Set(speakers.map(({ speaker }) => speaker));
  return named.flatMap(({ speaker }, index) =>
    known.has(speaker) ? [] : [{ path: `${list}.${index}.speaker`, issue: 'unknownSpeaker' }],
  );
};

/** Speakers that playlists name in vain. */
export const checkPlaylistsFile = (file: PlaylistsFile, units: UnitsFile): readonly FileIssue[] =>
  checkSpeakers('speakers', file.speakers, units);

/** Excuses for a rule or a speaker that is not there. */
export const checkExcusesFile = (
  { excuses }: ExcusesFile,
  { rules }: RulesFile,
  units: UnitsFile,
): readonly FileIssue[] => {
  const known = new Set(rules.map(({ id }) => id));
  const unknown = excuses.flatMap(({ rule }, index) =>
    known.has(rule) ? [] : [{ path: `excuses.${index}.rule`, issue: 'unknownRule' }],
  );
  return [...unknown, ...checkSpeakers('excuses', excuses, units)];
};

/** Corrections that end before they start, or name a speaker or a unit that is not there. */
export const checkCorrectionsFile = (
  { corrections }: CorrectionsFile,
  units: UnitsFile,
): readonly FileIssue[] => {
  const known = new Set(units.units.map(({ unit }) => unit));
  const wrong = corrections.flatMap((correction, index) => {
    const path = `corrections.${index}`;
    return [
      ...(endsBeforeStart(correction) ? [{ path: `${path}.to`, issue: 'endsBeforeStart' }] : []),
      ...(known.has(correction.unit) ? [] : [{ path: `${path}.unit`, issue: 'unknownUnit' }]),
    ];
  });
  return [...wrong, ...checkSpeakers('corrections', corrections, units)];
};

/** Locks whose week does not begin on a Monday. */
export const checkLocksFile = ({ locks }: LocksFile): readonly FileIssue[] =>
  locks.flatMap(({ week }, index) =>
    mondayOf(dayToNumber(week)) === dayToNumber(week)
      ? []
      : [{ path: `locks.${index}.week`, issue: 'notMonday' }],
  );
