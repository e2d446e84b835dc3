import type { VerdictCode } from '#schemas/airtime.ts';
import type { LocalDay } from '#schemas/primitives.ts';
import type { UnknownReason, Verdict, VerdictPeriod } from '#schemas/verdict.ts';
import { allThat } from './all-that.ts';
import { evidenceOf } from './evidence.ts';
import type { Occurrence } from './occurrences.ts';
import { owedOccurrences, type Period } from './periods.ts';
import { largestSpacedSet, type Selection } from './selection.ts';
import { noShortfall, shortfallOf } from './shortfall.ts';
import { occurrencesOn, type SpeakerLog, speakerLogUpTo } from './speaker-log.ts';

/** What else decides about one speaker's period, looked up by the caller. */
export interface VerdictFacts {
  /** Days of the period on which the speaker owes the rule. */
  readonly owedDays: ReadonlySet<LocalDay>;
  readonly exemption: Exemption;
  /** The accepted excuse for this rule, speaker and period. */
  readonly excuse: string | null;
  /** How far the log was stored when the period was locked; null when it is not locked. */
  readonly lockedSeq: number | null;
  /** Why the log cannot account for the period; null when it can. */
  readonly gap: UnknownReason | null;
  readonly isOver: boolean;
}

/** `by` exempts; without it, `isOpen` says that the log of one that could does not reach. */
export interface Exemption {
  readonly by: Verdict['exemptedBy'];
  readonly isOpen: boolean;
}

/** The first and last instant of a period, half-open. */
export const boundsOf = ({ rows }: Period): { readonly fromMs: number; readonly toMs: number } => ({
  fromMs: rows[0]?.startMs ?? 0,
  toMs: rows.at(-1)?.endMs ?? 0,
});

/** A period as verdicts name it. */
export const namedPeriod = ({ rule, rows }: Period): VerdictPeriod => ({
  per: rule.per,
  from: rows[0]?.day ?? rule.from,
  to: rows.at(-1)?.day ?? rule.to,
});

/**
 * The verdict of one period for one speaker: the first of the ladder that applies, with evidence.
 * More records never take a `met` back. Source: AIRTIME.md, 4.
 */
export const verdictOf = (period: Period, heard: SpeakerLog, facts: VerdictFacts): Verdict => {
  const { rule } = period;
  const occurrences = occurrencesIn(period, heard);
  const onOwedDays = allThat(occurrences, ({ day }) => facts.owedDays.has(day));
  const selection = qualifyingSet(period, onOwedDays);
  const owed = owedOccurrences(period, facts.owedDays.size);
  const has = selection.chosen.size;
  const { gap } = facts;
  const verdict = ladder(period, { owed, has, onOwedDays, facts });
  const isUnknown = verdict === 'unknown' || verdict === 'unproven';
  const owesNothing = verdict === 'notDue' || verdict === 'exempt';
  return {
    rule: rule.id,
    version: rule.version,
    speaker: heard.speaker.speaker,
    period: namedPeriod(period),
    verdict,
    counts: rule.counts,
    owed,
    has,
    late: verdict === 'met' && isLate(period, heard, { owed, facts }),
    shortfall: owesNothing ? noShortfall : shortfallOf(period, { owed, has }, onOwedDays),
    unknown: isUnknown ? (gap ?? 'exempterMissing') : null,
    exemptedBy: verdict === 'exempt' ? facts.exemption.by : null,
    excuse: verdict === 'excused' ? facts.excuse : null,
    sessions: evidence(occurrences, selection, { heard, facts }),
  };
};

const qualifyingSet = (period: Period, onOwedDays: readonly Occurrence[]): Selection =>
  largestSpacedSet(
    allThat(onOwedDays, ({ qualifies }) => qualifies),
    period,
  );

/** Whether what was stored when the period was locked would not have been enough. */
const isLate = (
  period: Period,
  heard: SpeakerLog,
  { owed, facts }: { readonly owed: number; readonly facts: VerdictFacts },
): boolean => {
  if (facts.lockedSeq === null) return false;
  const stored = occurrencesIn(period, speakerLogUpTo(heard, facts.lockedSeq));
  const onOwedDays = stored.filter(({ day }) => facts.owedDays.has(day));
  return qualifyingSet(period, onOwedDays).chosen.size < owed;
};

const occurrencesIn = ({ rule, rows }: Period, heard: SpeakerLog): readonly Occurrence[] => {
  const [only] = rows;
  if (only !== undefined && rows.length === 1) return occurrencesOn(heard, rule, only.day);
  return rows.flatMap(({ day }) => occurrencesOn(heard, rule, day));
};

interface Counted {
  readonly owed: number;
  readonly has: number;
  readonly onOwedDays: readonly Occurrence[];
  readonly facts: VerdictFacts;
}

const ladder = (period: Period, counted: Counted): VerdictCode => {
  const { owed, has, onOwedDays, facts } = counted;
  if (facts.owedDays.size === 0) return 'notDue';
  if (has >= owed) return 'met';
  if (facts.exemption.by !== null) return 'exempt';
  if (facts.excuse !== null) return 'excused';
  if (!facts.isOver) return 'pending';
  if (facts.gap !== null || facts.exemption.isOpen)
    return facts.lockedSeq !== null ? 'unproven' : 'unknown';
  const heardAtAll = onOwedDays.filter(({ isInDaypart, run }) => isInDaypart && run.airtimeMs > 0);
  return largestSpacedSet(heardAtAll, period).chosen.size >= owed ? 'tooShort' : 'tooFew';
};

interface EvidenceContext {
  readonly heard: SpeakerLog;
  readonly facts: VerdictFacts;
}

const evidence = (
  occurrences: readonly Occurrence[],
  selection: Selection,
  { heard, facts }: EvidenceContext,
): Verdict['sessions'] =>
  occurrences.map((occurrence) =>
    evidenceOf(occurrence, selection, {
      reach: heard.reach,
      isOwed: facts.owedDays.has(occurrence.day),
      isComplete: facts.gap === null,
    }),
  );
