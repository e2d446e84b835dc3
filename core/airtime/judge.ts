import { ok, type Result } from '#schemas/result.ts';
import type { LogFinding, UnitVerdict, Verdict } from '#schemas/verdict.ts';
import { bindSeat, type Court, openCourt, type Seat, verdictsIn } from './court.ts';
import type { JudgeInput } from './judge-input.ts';
import type { RuleProblem } from './rule-check.ts';
import { createUnitBoard } from './unit-board.ts';

/**
 * What the logs say of the rules. `verdicts` ascend by rule, period and speaker, `units` by rule,
 * period and unit, `findings` by speaker and number. A speaker that a rule does not bind on any day
 * of a period has no verdict there.
 */
export interface Judgement {
  readonly verdicts: readonly Verdict[];
  readonly units: readonly UnitVerdict[];
  readonly findings: readonly LogFinding[];
}

/**
 * Holds every rule against the logs, for each speaker and each unit that owes it and each period
 * that lies whole in the day table. Equal inputs give equal values in equal order, whatever the
 * order of rules, speakers, units or records; `openStanding` says the same of what arrives in parts.
 * Errors: ruleEndsBeforeStart, ruleIncomplete. Source: AIRTIME.md, 2 to 4.
 */
export const judge = (input: JudgeInput): Result<Judgement, RuleProblem> => {
  const court = openCourt(input);
  if (!court.ok) return court;
  const exempting = exemptingRules(court.value);
  const findings: LogFinding[] = [];
  for (const seat of court.value.seats) {
    bindSeat(seat, court.value);
    findings.push(...seat.heard.log.findings);
    if (!canExempt(seat, exempting)) seat.release();
  }
  return ok({
    verdicts: verdictsIn(court.value),
    units: createUnitBoard(court.value).all(),
    findings,
  });
};

/** The rules that others name in `unlessAired`, by their index. */
const exemptingRules = ({ rules, sources }: Court): readonly number[] => {
  const named = new Set(
    rules.flatMap(({ periods }) => periods.map(({ rule }) => rule.unlessAired)),
  );
  return [...sources.book.keys()].flatMap((id, index) => (named.has(id) ? [index] : []));
};

/** Whether others may still ask for the log. */
const canExempt = ({ cells }: Seat, exempting: readonly number[]): boolean =>
  exempting.some((rule) => cells[rule]?.some((cell) => cell !== undefined));
