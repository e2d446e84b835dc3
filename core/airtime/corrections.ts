import type { HistoryCorrection } from '#schemas/airtime.ts';
import type { Id } from '#schemas/primitives.ts';
import type { UnitVerdict, Verdict, VerdictPeriod } from '#schemas/verdict.ts';
import type { UnitTree } from './unit-tree.ts';

type Days = Pick<HistoryCorrection, 'from' | 'to'>;

const shareDays = (a: Days, b: Pick<VerdictPeriod, 'from' | 'to'>): boolean =>
  a.from <= b.to && b.from <= a.to;

/**
 * Whether a correction of the unit history is shown beside the verdict: it is about the same speaker
 * and about a day of the period. It moves no verdict: what is judged is what the unit history said
 * then, so that nobody is judged anew by what was found out later.
 * Source: AIRTIME.md, 4 (a correction of the past is a signed finding of its own).
 */
export const isBeside = (
  { speaker, period }: Pick<Verdict, 'speaker' | 'period'>,
  correction: Pick<HistoryCorrection, 'speaker' | 'from' | 'to'>,
): boolean => speaker === correction.speaker && shareDays(correction, period);

/**
 * The same of the verdict of a unit: its period holds a day of the correction, and either the speaker
 * was counted in it, or the unit of the correction stands at or below it on such a day.
 */
export const isBesideUnit = (
  { unit, period, speakers }: Pick<UnitVerdict, 'unit' | 'period' | 'speakers'>,
  correction: Pick<HistoryCorrection, 'speaker' | 'unit' | 'from' | 'to'>,
  tree: UnitTree,
): boolean => {
  if (!shareDays(correction, period)) return false;
  if (speakers.some(({ speaker }) => speaker === correction.speaker)) return true;
  const [, day = period.from] = [correction.from, period.from].sort();
  return tree.pathOn(correction.unit, day).some((span) => span.unit === unit);
};

/** What was found up to `nowMs`, ascending by id; what was found later is not looked at. */
export const foundBy = (
  corrections: readonly HistoryCorrection[],
  nowMs: number,
): readonly HistoryCorrection[] =>
  corrections.filter(({ foundMs }) => foundMs <= nowMs).sort((a, b) => (a.id < b.id ? -1 : 1));

/** The verdicts with the ids of what is shown beside each. */
export const withCorrections = <T>(
  verdicts: readonly T[],
  corrections: readonly HistoryCorrection[],
  stands: (verdict: T, correction: HistoryCorrection) => boolean,
): readonly (T & { readonly corrections: Id[] })[] =>
  verdicts.map((verdict) => ({
    ...verdict,
    corrections: corrections.filter((one) => stands(verdict, one)).map(({ id }) => id),
  }));
