import type { Id } from '#schemas/primitives.ts';
import type { UnitVerdict, UnitVerdictCode, Verdict } from '#schemas/verdict.ts';
import type { Period } from './periods.ts';
import { sumOfShortfalls } from './shortfall.ts';
import { namedPeriod } from './verdict.ts';

/**
 * The verdict of a unit from those of its speakers for one period: enough `met`, or else the step at
 * which adding `pending`, `unknown`, `unproven`, `tooShort` in turn suffices. A unit whose first speaker
 * was entered that day is `noSpeaker`, not `notDue`: unit history takes effect on the day after.
 * Source: AIRTIME.md, 4.
 */
export const unitVerdictOf = (
  unit: Id,
  period: Period,
  verdicts: readonly Verdict[],
): UnitVerdict => {
  const judged = verdicts.filter(({ verdict }) => !owesNothing.includes(verdict));
  const { numerator, denominator } = period.rule.coverage;
  const required = Math.floor((judged.length * numerator + denominator - 1) / denominator);
  return {
    rule: period.rule.id,
    version: period.rule.version,
    unit,
    period: namedPeriod(period),
    verdict: judged.length === 0 ? emptyCode(verdicts) : stepCode(judged, required),
    counts: period.rule.counts,
    judged: judged.length,
    required,
    met: judged.filter(({ verdict }) => verdict === 'met').length,
    shortfall: sumOfShortfalls(judged.map(({ shortfall }) => shortfall)),
    speakers: verdicts.map(({ speaker, verdict }) => ({ speaker, verdict })),
  };
};

const owesNothing: readonly UnitVerdictCode[] = ['notDue', 'exempt', 'excused'];
const steps: readonly UnitVerdictCode[] = ['met', 'pending', 'unknown', 'unproven', 'tooShort'];

const stepCode = (judged: readonly Verdict[], required: number): UnitVerdictCode => {
  let number = 0;
  for (const step of steps) {
    number += judged.filter(({ verdict }) => verdict === step).length;
    if (number >= required) return step;
  }
  return 'tooFew';
};

const emptyCode = (verdicts: readonly Verdict[]): UnitVerdictCode => {
  if (verdicts.length === 0) return 'noSpeaker';
  const owing = verdicts.filter(({ verdict }) => verdict !== 'notDue');
  if (owing.length === 0) return 'notDue';
  return owing.every(({ verdict }) => verdict === 'exempt') ? 'exempt' : 'excused';
};
