import { cappedInstants } from '#core/airtime/caps.ts';
import {
  checkCorrectionsFile,
  checkExcusesFile,
  checkLocksFile,
  checkRulesFile,
  type FileIssue,
} from '#core/airtime/check-files.ts';
import type { GatheredLogs } from '#core/airtime/gather-logs.ts';
import { type JudgedFiles, judgeFiles } from '#core/airtime/judge-files.ts';
import type { DayTable } from '#core/local-time.ts';
import { addDays, isKnownZone, localDayAt, MAX_TABLE_DAYS } from '#runtime/day-table.ts';
import { gatherLogFile } from '#runtime/gather-log-file.ts';
import {
  campaignSpan,
  cappedSpan,
  type DaySpan,
  daysIn,
  spanToTable,
} from '#runtime/judged-table.ts';
import type { JudgementFile } from '#schemas/files/answers.ts';
import {
  type CorrectionsFile,
  correctionsFileSchema,
  type ExcusesFile,
  excusesFileSchema,
  type LocksFile,
  locksFileSchema,
  type RulesFile,
  rulesFileSchema,
  type UnitsFile,
} from '#schemas/files/judged-files.ts';
import type { Problem } from '#schemas/problem.ts';
import { ok, type Result, refuse } from '#schemas/result.ts';
import { type LogWords, readInstant, readPlaylists, readUnits } from './airtime-words.ts';
import { createFileDesk, type FileDesk } from './file-desk.ts';
import { judgementInWords } from './judgement-in-words.ts';

const WEEK_DAYS = 7;

/** What `judge` is told: paths of files, and the instant. */
export interface JudgeWords extends LogWords {
  readonly rules: string;
  readonly playlists?: string;
  readonly excuses?: string;
  readonly locks?: string;
  readonly corrections?: string;
}

/**
 * The judgement of the files. Errors: filesInvalid (every mistake of every file at once),
 * fileUnreadable and logFileTooLong (the log).
 */
export const judgeWords = async (words: JudgeWords): Promise<Result<JudgementFile, Problem>> => {
  const read = await readAll(words);
  if (!read.ok) return read;
  const { units, nowMs } = read.value;
  const { zone } = units;
  const unsigned = words.unsigned === true;
  const logs = await gatherLogFile(words.log, units.speakers, unsigned);
  if (!logs.ok) return logs;
  const capTable = capTableOf(read.value, logs.value);
  const judged = judgeFiles({ ...read.value, logs: logs.value, capTable });
  if (!judged.ok) return judged;
  const about = { zone, atMs: nowMs, signaturesChecked: !unsigned };
  return ok({ ...about, ...judgementInWords(judged.value, zone) });
};

type ReadFiles = Omit<JudgedFiles, 'logs' | 'capTable'>;

/** The days of which the log tells something that a cap could forbid, whatever rules there are. */
const capTableOf = ({ rules: { caps }, units, nowMs }: ReadFiles, logs: GatheredLogs): DayTable => {
  if (caps.length === 0) return [];
  const told = [...logs.bySpeaker].map(([speaker, log]) => ({ speaker, log }));
  const instants = cappedInstants(told, nowMs);
  const { zone } = units;
  const span = instants === undefined ? null : cappedSpan(caps, instants, { zone, nowMs });
  return span === null ? [] : spanToTable(zone, span);
};

/** All files but the log. */
const readAll = async (words: JudgeWords): Promise<Result<ReadFiles, Problem>> => {
  const desk = createFileDesk();
  const nowMs = readInstant(desk, words.at);
  const units = await readUnits(desk, words);
  const rules = await readRules(desk, words, units);
  const planned = await readPlaylists(desk, words.playlists, units);
  const excuses = await readExcuses(desk, words, { rules, units });
  const locks = await readLocks(desk, words, units);
  const corrections = await readCorrections(desk, words, units);
  const given = { rules, units, nowMs };
  const span = isComplete(given) ? judgedDays(desk, words, given) : null;
  const problem = desk.problem();
  if (problem !== undefined || !isComplete(given)) {
    return refuse(problem ?? { code: 'filesInvalid', issues: [] });
  }
  const table = span === null ? [] : spanToTable(given.units.zone, span);
  return ok({ ...given, planned, excuses, locks, corrections, table });
};

interface Given {
  readonly rules: RulesFile;
  readonly units: UnitsFile;
  readonly nowMs: number;
}

type Found = { readonly [K in keyof Given]: Given[K] | undefined };

const isComplete = (found: Found): found is Given =>
  found.rules !== undefined && found.units !== undefined && found.nowMs !== undefined;

const readRules = async (
  desk: FileDesk,
  { rules: path }: JudgeWords,
  units: UnitsFile | undefined,
): Promise<RulesFile | undefined> => {
  const rules = await desk.read(path, rulesFileSchema);
  if (rules !== undefined && units !== undefined) desk.note(path, checkRulesFile(rules, units));
  return rules;
};

const readExcuses = async (
  desk: FileDesk,
  { excuses: path }: JudgeWords,
  { rules, units }: Pick<Found, 'rules' | 'units'>,
): Promise<ExcusesFile['excuses']> => {
  const file = path === undefined ? undefined : await desk.read(path, excusesFileSchema);
  if (path === undefined || file === undefined) return [];
  if (rules !== undefined && units !== undefined) {
    desk.note(path, checkExcusesFile(file, rules, units));
  }
  return file.excuses;
};

const readLocks = async (
  desk: FileDesk,
  { locks: path }: JudgeWords,
  units: UnitsFile | undefined,
): Promise<LocksFile['locks']> => {
  const file = path === undefined ? undefined : await desk.read(path, locksFileSchema);
  if (path === undefined || file === undefined) return [];
  desk.note(path, checkLocksFile(file));
  if (units !== undefined && isKnownZone(units.zone)) desk.note(path, earlyLocks(file, units.zone));
  return file.locks;
};

const readCorrections = async (
  desk: FileDesk,
  { corrections: path }: JudgeWords,
  units: UnitsFile | undefined,
): Promise<CorrectionsFile['corrections']> => {
  const file = path === undefined ? undefined : await desk.read(path, correctionsFileSchema);
  if (path === undefined || file === undefined) return [];
  if (units !== undefined) desk.note(path, checkCorrectionsFile(file, units));
  return file.corrections;
};

/** Locks that were made before their week had ended. */
const earlyLocks = ({ locks }: LocksFile, zone: string): readonly FileIssue[] =>
  locks.flatMap(({ week, lockedMs }, index) =>
    localDayAt(lockedMs, zone) < addDays(week, WEEK_DAYS)
      ? [{ path: `locks.${index}.lockedMs`, issue: 'weekNotOver' }]
      : [],
  );

/** Null where no rule is in force yet, or the zone is not known. */
const judgedDays = (
  desk: FileDesk,
  words: JudgeWords,
  { rules, units, nowMs }: Given,
): DaySpan | null => {
  if (!isKnownZone(units.zone)) return null;
  const span = campaignSpan(localDayAt(nowMs, units.zone), rules.rules);
  if (span === null || daysIn(span) <= MAX_TABLE_DAYS) return span;
  desk.note(words.rules, [{ path: 'rules', issue: 'tooManyDays' }]);
  return null;
};
