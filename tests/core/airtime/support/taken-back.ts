import type { Judgement } from '#core/airtime/judge.ts';
import type { Verdict } from '#schemas/verdict.ts';

const nameOf = ({ rule, speaker, period }: Verdict): string => `${rule} ${speaker} ${period.from}`;

const lessOf = (early: Verdict, late: Verdict | undefined): readonly string[] => {
  const lost: string[] = [];
  if (early.verdict === 'met' && late?.verdict !== 'met') lost.push('met');
  if (early.has > (late?.has ?? 0)) lost.push('has');
  const airtimes = new Map(late?.sessions.map(({ session, airtimeMs }) => [session, airtimeMs]));
  for (const { session, airtimeMs } of early.sessions) {
    if (airtimeMs > (airtimes.get(session) ?? 0)) lost.push(`airtime of ${session}`);
  }
  return lost.map((what) => `${nameOf(early)}: ${what}`);
};

/** What an earlier judgement gave that a later one, of more records, does not: nothing, if all is well. */
export const takenBack = (early: Judgement, late: Judgement): readonly string[] => {
  const verdicts = new Map(late.verdicts.map((verdict) => [nameOf(verdict), verdict]));
  const met = new Set(
    late.units
      .filter(({ verdict }) => verdict === 'met')
      .map(({ rule, unit, period }) => `${rule} ${unit} ${period.from}`),
  );
  return [
    ...early.verdicts.flatMap((verdict) => lessOf(verdict, verdicts.get(nameOf(verdict)))),
    ...early.units
      .filter(({ verdict }) => verdict === 'met')
      .map(({ rule, unit, period }) => `${rule} ${unit} ${period.from}`)
      .filter((name) => !met.has(name)),
  ];
};
