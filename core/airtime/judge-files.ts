import type { DayTable } from '#core/local-time.ts';
import type { HistoryCorrection } from '#schemas/airtime.ts';
import type { AirtimeTotals } from '#schemas/airtime-totals.ts';
import type { FileFinding } from '#schemas/files/answers.ts';
import type { ExcusesFile, LocksFile, RulesFile, UnitsFile } from '#schemas/files/judged-files.ts';
import type { Id } from '#schemas/primitives.ts';
import { ok, type Result } from '#schemas/result.ts';
import type { CapFinding, LogFinding, UnitVerdict, Verdict } from '#schemas/verdict.ts';
import { judgeCaps } from './caps.ts';
import { foundBy, isBeside, isBesideUnit, withCorrections } from './corrections.ts';
import type { GatheredLogs } from './gather-logs.ts';
import { idleFindings } from './idle-files.ts';
import { judge } from './judge.ts';
import type { JudgedSpeaker } from './judge-input.ts';
import { plannedIdsOf } from './planned-days.ts';
import type { PlannedDay } from './reconcile.ts';
import type { RuleProblem } from './rule-check.ts';
import { totalsOf } from './totals.ts';
import { createUnitTree } from './unit-tree.ts';

/**
 * The checked files of one call of `judge`. `table` holds the days to be judged by the rules,
 * `capTable` those by the caps: they bind whatever rules there are.
 */
export interface JudgedFiles {
  readonly rules: RulesFile;
  readonly units: UnitsFile;
  readonly planned: ReadonlyMap<Id, readonly PlannedDay[]>;
  readonly excuses: ExcusesFile['excuses'];
  readonly locks: LocksFile['locks'];
  readonly corrections: readonly HistoryCorrection[];
  readonly logs: GatheredLogs;
  readonly table: DayTable;
  readonly capTable: DayTable;
  readonly nowMs: number;
}

/** The ids of the corrections that are shown beside it. */
interface Corrected {
  readonly corrections: Id[];
}

/** What the files say, in the order of a `judgement`. */
export interface FileJudgement {
  readonly verdicts: readonly (Verdict & Corrected)[];
  readonly units: readonly (UnitVerdict & Corrected)[];
  readonly totals: readonly AirtimeTotals[];
  readonly caps: readonly CapFinding[];
  readonly corrections: readonly HistoryCorrection[];
  readonly findings: readonly FileFinding[];
}

/**
 * The verdicts, cap findings and log findings of the files, through the same judge as the server's.
 * Errors: as `judge`. Source: AIRTIME.md, 4 (an inspector can recompute it outside the server).
 */
export const judgeFiles = (files: JudgedFiles): Result<FileJudgement, RuleProblem> => {
  const { rules, caps } = files.rules;
  const { planned, excuses, locks, logs, table, capTable, nowMs } = files;
  const speakers: readonly JudgedSpeaker[] = files.units.speakers.map(({ speaker, stays }) => ({
    speaker,
    stays,
    log: logs.bySpeaker.get(speaker) ?? [],
    planned: (planned.get(speaker) ?? []).flatMap(({ playlist }) => plannedIdsOf(playlist)),
  }));
  const { units } = files.units;
  const judged = judge({ rules, table, units, speakers, excuses, locks, nowMs });
  if (!judged.ok) return judged;
  const corrections = foundBy(files.corrections, nowMs);
  const tree = createUnitTree(units);
  return ok({
    verdicts: withCorrections(judged.value.verdicts, corrections, isBeside),
    units: withCorrections(judged.value.units, corrections, (unit, correction) =>
      isBesideUnit(unit, correction, tree),
    ),
    totals: totalsOf(judged.value.verdicts, judged.value.units),
    caps: judgeCaps({ caps, table: capTable, units, speakers, nowMs }),
    corrections,
    findings: withLogFindings(
      [...logs.findings, ...idleFindings({ rules, excuses, table, nowMs }, judged.value)],
      judged.value.findings,
    ),
  });
};

/** What was wrong with the files, and what reading the logs found besides, in one order. */
export const withLogFindings = (
  findings: readonly FileFinding[],
  found: readonly LogFinding[],
): FileFinding[] => {
  const added = found.map((finding) => ({ ...finding, line: null, detail: null }));
  return [...findings, ...added].sort(byPlace);
};

/** Ascending by speaker, number and line; what is not known comes first. */
const byPlace = (a: FileFinding, b: FileFinding): number => {
  const [left, right] = [a.speaker ?? '', b.speaker ?? ''];
  if (left !== right) return left < right ? -1 : 1;
  return (a.seq ?? 0) - (b.seq ?? 0) || (a.line ?? 0) - (b.line ?? 0);
};
