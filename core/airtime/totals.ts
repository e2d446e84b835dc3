import { type VerdictCode, verdictCodeSchema } from '#schemas/airtime.ts';
import type { AirtimeTotals } from '#schemas/airtime-totals.ts';
import type { Id } from '#schemas/primitives.ts';
import type { UnitVerdict, Verdict } from '#schemas/verdict.ts';
import { dayToNumber, mondayOf } from './day-number.ts';
import { noShortfall, sumOfShortfalls } from './shortfall.ts';

type Sum = Omit<AirtimeTotals, 'rule' | 'level' | 'id' | 'span'>;

/** The verdicts of a speaker for one unit in one period, or the sum of several. */
interface Part {
  readonly speaker: Id;
  readonly unit: Id;
  readonly sum: Sum;
}

/**
 * The sums of verdicts by rule: first all that owe it (by period, week, campaign), then each unit and
 * each speaker (by week and campaign; by the period they are the verdicts themselves), each ascending
 * by id and day. A speaker that moved counts in each period for the unit for which it owed the rule.
 * Source: AIRTIME.md, 4 (totals).
 */
export const totalsOf = (
  verdicts: readonly Verdict[],
  units: readonly UnitVerdict[],
): readonly AirtimeTotals[] => {
  const unitOf = unitLookup(units);
  return [...Map.groupBy(verdicts, ({ rule }) => rule)].flatMap(([rule, ofRule]) => {
    const parts = ofRule.map((verdict) => ({
      speaker: verdict.speaker,
      unit: unitOf(verdict),
      sum: sumOfVerdict(verdict),
    }));
    const all = [{ level: 'all' as const, id: null, parts }];
    const perUnit = grouped('unit', parts, ({ unit }) => unit);
    const perSpeaker = grouped('speaker', parts, ({ speaker }) => speaker);
    return [...all, ...perUnit, ...perSpeaker].flatMap((group) =>
      totalsOfGroup(group).map((total) => ({ rule, ...total })),
    );
  });
};

/** The unit for which a speaker owed a rule in a period. */
const unitLookup = (units: readonly UnitVerdict[]) => {
  const keyOf = (rule: Id, from: string, speaker: Id): string => `${rule} ${from} ${speaker}`;
  const known = new Map(
    units.flatMap(({ rule, period, unit, speakers }) =>
      speakers.map(({ speaker }) => [keyOf(rule, period.from, speaker), unit] as const),
    ),
  );
  return ({ rule, period, speaker }: Verdict): Id =>
    known.get(keyOf(rule, period.from, speaker)) ?? speaker;
};

interface Group {
  readonly level: AirtimeTotals['level'];
  readonly id: Id | null;
  readonly parts: readonly Part[];
}

const grouped = (
  level: AirtimeTotals['level'],
  parts: readonly Part[],
  idOf: (part: Part) => Id,
): readonly Group[] =>
  [...Map.groupBy(parts, idOf)]
    .map(([id, own]) => ({ level, id, parts: own }))
    .sort((a, b) => (a.id < b.id ? -1 : 1));

const totalsOfGroup = ({ level, id, parts }: Group): readonly Omit<AirtimeTotals, 'rule'>[] => {
  const periods = [...Map.groupBy(parts, ({ sum }) => sum.from).values()].map(sumOfParts);
  const weeks = [...Map.groupBy(periods, ({ from }) => mondayOf(dayToNumber(from))).values()].map(
    sumOf,
  );
  const named = (span: AirtimeTotals['span'], sums: readonly Sum[]) =>
    sums.map((sum) => ({ level, id, span, ...sum }));
  return [
    ...(level === 'all' ? named('period', periods) : []),
    ...named('week', weeks),
    ...named('campaign', [sumOf(weeks)]),
  ];
};

const owesNothing: readonly VerdictCode[] = ['notDue', 'exempt', 'excused'];

const sumOfVerdict = ({ period, verdict, owed, has, shortfall, sessions }: Verdict): Sum => {
  const isFree = owesNothing.includes(verdict);
  return {
    from: period.from,
    to: period.to,
    verdicts: { [verdict]: 1 },
    owed: isFree ? 0 : owed,
    has,
    airtimeMs: sessions.reduce((sum, one) => sum + (one.counted ? one.airtimeMs : 0), 0),
    shortfall: isFree ? noShortfall : shortfall,
  };
};

const sumOfParts = (parts: readonly Part[]): Sum => sumOf(parts.map(({ sum }) => sum));

/** The sums of sums, from the first day to the last. */
const sumOf = (sums: readonly Sum[]): Sum => {
  const add = (of: (sum: Sum) => number): number => sums.reduce((total, sum) => total + of(sum), 0);
  const days = sums.flatMap(({ from, to }) => [from, to]).sort();
  return {
    from: days[0] ?? '',
    to: days.at(-1) ?? '',
    verdicts: countsOf(sums),
    owed: add(({ owed }) => owed),
    has: add(({ has }) => has),
    airtimeMs: add(({ airtimeMs }) => airtimeMs),
    shortfall: sumOfShortfalls(sums.map(({ shortfall }) => shortfall)),
  };
};

const countsOf = (sums: readonly Sum[]): Sum['verdicts'] => {
  const counts: Partial<Record<VerdictCode, number>> = {};
  for (const code of verdictCodeSchema.options) {
    const count = sums.reduce((total, { verdicts }) => total + (verdicts[code] ?? 0), 0);
    if (count > 0) counts[code] = count;
  }
  return counts;
};
