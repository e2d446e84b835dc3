import type { LocalDay } from '#schemas/primitives.ts';
import type { ProblemOf } from '#schemas/problem.ts';
import type { Result } from '#schemas/result.ts';
import type { CapFinding, LogFinding, UnitVerdict, Verdict } from '#schemas/verdict.ts';
import type { Change, StoredFinding } from './store.ts';

/** What the logs say of every period that holds a day of the week, and of the caps in the week. */
export interface WeekJudgement {
  readonly monday: LocalDay;
  /** The instant of judging, in epoch milliseconds. */
  readonly judgedMs: number;
  readonly verdicts: readonly Verdict[];
  readonly units: readonly UnitVerdict[];
  readonly logFindings: readonly LogFinding[];
  readonly capFindings: readonly CapFinding[];
  /** What was refused into a log, and contradictions that end one. */
  readonly findings: readonly StoredFinding[];
}

/** Why rules cannot be judged. */
export type JudgeProblem = ProblemOf<'ruleEndsBeforeStart' | 'ruleIncomplete'>;

/** The judgement of the week that holds a day. Errors: ruleEndsBeforeStart, ruleIncomplete. */
export type JudgeWeek = (day: LocalDay) => Promise<Result<WeekJudgement, JudgeProblem>>;

/** Verdicts that are kept up to date with what arrives. Source: AIRTIME.md, 4 (dependency closure). */
export interface Verdicts {
  readonly judgeWeek: JudgeWeek;
  /**
   * What was written; only what it could touch is judged anew, when it is next asked for. Says
   * whether it could touch any verdict.
   */
  note(changes: readonly Change[]): boolean;
  /**
   * The verdicts that are not as they were when this was asked last; null when that cannot be told,
   * because an earlier week is touched, or everything was opened anew.
   */
  takeChanged(): Promise<readonly Verdict[] | null>;
}
