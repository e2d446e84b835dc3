import type { Judgement } from '#core/airtime/judge.ts';
import type { JudgedSpeaker, JudgeInput } from '#core/airtime/judge-input.ts';
import { addDays } from '#runtime/day-table.ts';
import type { LocalDay } from '#schemas/primitives.ts';
import { ok, type Result } from '#schemas/result.ts';
import type { CapFinding, UnitVerdict, Verdict } from '#schemas/verdict.ts';
import type { StoredFinding } from '../ports/store.ts';
import type { JudgeProblem, WeekJudgement } from '../ports/verdicts.ts';
import type { JudgeFacts } from './judge-facts.ts';
import { offDaySpeakers, offDayVerdicts } from './off-day-verdicts.ts';

/** Days from a Monday to its Sunday. */
const TO_SUNDAY = 6;

/** What was judged over some weeks, and what it was judged from. */
export interface JudgedWeeks {
  readonly facts: JudgeFacts;
  readonly nowMs: number;
  readonly judgement: Judgement;
  readonly logOf: (speaker: string) => JudgedSpeaker | undefined;
  readonly capFindings: readonly CapFinding[];
  readonly findings: readonly StoredFinding[];
}

/**
 * The part that is about one week, with what was aired on days on which speakers owe nothing.
 * Errors: ruleEndsBeforeStart, ruleIncomplete.
 */
export const toWeekJudgement = (
  judged: JudgedWeeks,
  monday: LocalDay,
): Result<WeekJudgement, JudgeProblem> => {
  const { facts, nowMs, judgement, capFindings, findings } = judged;
  const sunday = addDays(monday, TO_SUNDAY);
  const verdicts = [...judgement.verdicts];
  for (const [day, there] of offDaySpeakers(facts.speakers, facts.zone)) {
    if (day < monday || day > sunday) continue;
    const speakers = there.flatMap(({ speaker }) => judged.logOf(speaker) ?? []);
    const input: JudgeInput = { ...facts.rest, table: facts.table, speakers, nowMs };
    const off = offDayVerdicts(input, day, there);
    if (!off.ok) return off;
    verdicts.push(...off.value);
  }
  const isOfWeek = ({ period }: Verdict | UnitVerdict) =>
    period.from <= sunday && period.to >= monday;
  return ok({
    monday,
    judgedMs: nowMs,
    verdicts: verdicts.filter(isOfWeek),
    units: judgement.units.filter(isOfWeek),
    logFindings: judgement.findings,
    capFindings: capFindings.filter(({ day }) => monday <= day && day <= sunday),
    findings,
  });
};
