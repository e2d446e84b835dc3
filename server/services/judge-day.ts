import type { LocalDay } from '#schemas/primitives.ts';
import { ok, type Result } from '#schemas/result.ts';
import type { UnitVerdict, Verdict } from '#schemas/verdict.ts';
import type { JudgeProblem, JudgeWeek, WeekJudgement } from '../ports/verdicts.ts';
import { concernsDay } from './judge-caps.ts';

/** What the logs say of every period that holds the day, and of the caps on that day. */
export interface DayJudgement extends Omit<WeekJudgement, 'monday'> {
  readonly day: LocalDay;
}

/** The part of the week's judgement that is about one of its days. Errors: as `judgeWeek`. */
export const judgeDay = async (
  judgeWeek: JudgeWeek,
  day: LocalDay,
): Promise<Result<DayJudgement, JudgeProblem>> => {
  const week = await judgeWeek(day);
  if (!week.ok) return week;
  const { monday: _, verdicts, units, capFindings, ...rest } = week.value;
  const holdsDay = ({ period }: Verdict | UnitVerdict) => period.from <= day && day <= period.to;
  return ok({
    ...rest,
    day,
    verdicts: verdicts.filter(holdsDay),
    units: units.filter(holdsDay),
    capFindings: capFindings.filter((finding) => concernsDay(finding, day)),
  });
};
