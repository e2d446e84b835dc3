import type { WeekLock } from '#schemas/airtime.ts';
import type { Id } from '#schemas/primitives.ts';
import { ok, type Result, refuse } from '#schemas/result.ts';
import type { LogFinding, UnitVerdict, Verdict } from '#schemas/verdict.ts';
import { dayToNumber, mondayOf } from './day-number.ts';
import { type ExemptionSources, exemptionOf, speakersByUnit } from './exemption.ts';
import type { JudgeInput } from './judge-input.ts';
import { type Member, membersOf, owingUnitsOf } from './membership.ts';
import type { Period } from './periods.ts';
import { createRuleBook } from './rule-book.ts';
import { problemOfRule, type RuleProblem } from './rule-check.ts';
import { readSpeakerLog, type SpeakerLog } from './speaker-log.ts';
import { createUnitTree } from './unit-tree.ts';
import { unitVerdictOf } from './unit-verdict.ts';
import { verdictOf } from './verdict.ts';

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
 * order of rules, speakers, units or records.
 * Errors: ruleEndsBeforeStart, ruleIncomplete. Source: AIRTIME.md, 2 to 4.
 */
export const judge = (input: JudgeInput): Result<Judgement, RuleProblem> => {
  const known = new Set(input.rules.map(({ id }) => id));
  for (const rule of input.rules) {
    const problem = problemOfRule(rule, known);
    if (problem !== undefined) return refuse(problem);
  }
  const court = openCourt(input);
  const judged = [...court.book.values()].flatMap(({ periods }) =>
    periods.map((period) => judgePeriod(period, court)),
  );
  return ok({
    verdicts: judged.flatMap(({ verdicts }) => verdicts),
    units: judged.flatMap(({ units }) => units),
    findings: court.speakers.flatMap(({ log }) => log.findings),
  });
};

interface Court extends ExemptionSources {
  readonly input: JudgeInput;
  readonly speakers: readonly SpeakerLog[];
  readonly unitIds: readonly Id[];
  readonly locksByMonday: ReadonlyMap<number, WeekLock>;
}

const openCourt = (input: JudgeInput): Court => {
  const speakers = [...input.speakers]
    .sort((a, b) => (a.speaker < b.speaker ? -1 : 1))
    .map((speaker) => readSpeakerLog(speaker, input.table, input.nowMs));
  return {
    input,
    speakers,
    book: createRuleBook(input.rules, input.table),
    tree: createUnitTree(input.units),
    speakersByUnit: speakersByUnit(speakers),
    unitIds: [...new Set(input.units.map(({ unit }) => unit))].sort(),
    locksByMonday: locksByMondayOf(input.locks, input.nowMs),
  };
};

/** Of several locks of one week the first one holds. */
const locksByMondayOf = (
  locks: readonly WeekLock[],
  nowMs: number,
): ReadonlyMap<number, WeekLock> => {
  const inForce = locks.filter(({ lockedMs }) => lockedMs <= nowMs);
  const latestFirst = inForce.sort((a, b) => b.lockedMs - a.lockedMs);
  return new Map(latestFirst.map((lock) => [mondayOf(dayToNumber(lock.week)), lock]));
};

/** A period is locked when every week that it touches is; the last one says how far logs reached. */
const lockedSeqOf = (period: Period, { speaker }: SpeakerLog, court: Court): number | null => {
  const locks = period.rows.map(({ day }) => court.locksByMonday.get(mondayOf(dayToNumber(day))));
  const last = locks.at(-1);
  if (last === undefined || locks.includes(undefined)) return null;
  return last.heads.find((head) => head.speaker === speaker.speaker)?.seq ?? 0;
};

interface JudgedPeriod {
  readonly verdicts: readonly Verdict[];
  readonly units: readonly UnitVerdict[];
}

const judgePeriod = (period: Period, court: Court): JudgedPeriod => {
  const members = membersOf(period, court.speakers, court.tree);
  const judged = members.map((member) => ({
    unit: member.unit,
    verdict: judgeMember(period, member, court),
  }));
  const byUnit = Map.groupBy(judged, ({ unit }) => unit);
  const owing = owingUnitsOf(period, court.unitIds, court.tree);
  const units = [...new Set([...owing, ...byUnit.keys()])].sort();
  return {
    verdicts: judged.map(({ verdict }) => verdict),
    units: units.map((unit) => {
      const verdicts = (byUnit.get(unit) ?? []).map(({ verdict }) => verdict);
      return unitVerdictOf(unit, period, verdicts);
    }),
  };
};

const judgeMember = (period: Period, member: Member, court: Court): Verdict => {
  const { heard, owedDays } = member;
  return verdictOf(period, heard, {
    owedDays,
    exemption: exemptionOf(period, heard, court),
    excuse: excuseOf(period, heard, court.input),
    lockedSeq: lockedSeqOf(period, heard, court),
    nowMs: court.input.nowMs,
  });
};

const excuseOf = (
  period: Period,
  { speaker }: SpeakerLog,
  { excuses, nowMs }: JudgeInput,
): Id | null => {
  const fitting = excuses.filter(
    (excuse) =>
      excuse.rule === period.rule.id &&
      excuse.speaker === speaker.speaker &&
      excuse.periodFrom === period.rows[0]?.day &&
      excuse.acceptedMs <= nowMs,
  );
  return fitting.map(({ id }) => id).sort()[0] ?? null;
};
