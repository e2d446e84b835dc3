import { checkExcusesFile, checkLocksFile, checkRulesFile } from '#core/airtime/check-files.ts';
import { judgeFiles } from '#core/airtime/judge-files.ts';
import { localDayAt, MAX_TABLE_DAYS } from '#runtime/day-table.ts';
import { gatherLogFile } from '#runtime/gather-log-file.ts';
import { campaignSpan, type DaySpan, daysIn, spanToTable } from '#runtime/judged-table.ts';
import type { JudgementFile } from '#schemas/files/answers.ts';
import {
  type ExcusesFile,
  excusesFileSchema,
  type LocksFile,
  locksFileSchema,
  type RulesFile,
  rulesFileSchema,
} from '#schemas/files/judged-files.ts';
import type { Problem } from '#schemas/problem.ts';
import { ok, type Result, refuse } from '#schemas/result.ts';
import { type LogWords, readInstant, readPlaylists, readUnits } from './airtime-words.ts';
import { createFileDesk, type FileDesk } from './file-desk.ts';

/** What `judge` is told: paths of files, and the instant. */
export interface JudgeWords extends LogWords {
  readonly rules: string;
  readonly playlists?: string;
  readonly excuses?: string;
  readonly locks?: string;
}

/**
 * The judgement of the files. Errors: filesInvalid (every mistake of every file at once),
 * fileUnreadable (the log).
 */
export const judgeWords = async (words: JudgeWords): Promise<Result<JudgementFile, Problem>> => {
  const desk = createFileDesk();
  const nowMs = readInstant(desk, words.at);
  const units = await readUnits(desk, words);
  const rules = await desk.read(words.rules, rulesFileSchema);
  const planned = await readPlaylists(desk, words.playlists, units);
  const excuses = await readExcuses(desk, words);
  const locks = await readLocks(desk, words);
  if (rules !== undefined && units !== undefined) {
    desk.note(words.rules, checkRulesFile(rules, units));
    if (words.excuses !== undefined)
      desk.note(words.excuses, checkExcusesFile({ excuses }, rules, units));
  }
  const early = desk.problem();
  if (early !== undefined) return refuse(early);
  if (rules === undefined || units === undefined || nowMs === undefined) throw new Error('unread');
  const { zone } = units;
  const span = judgedDays(desk, words, { rules, zone, nowMs });
  const problem = desk.problem();
  if (problem !== undefined) return refuse(problem);
  const unsigned = words.unsigned === true;
  const logs = await gatherLogFile(words.log, units.speakers, unsigned);
  if (!logs.ok) return logs;
  const table = span === null ? [] : spanToTable(zone, span);
  const common = { rules, units, planned, excuses, locks, table, nowMs };
  const judged = judgeFiles({ ...common, logs: logs.value });
  return judged.ok
    ? ok({ zone, atMs: nowMs, signaturesChecked: !unsigned, ...judged.value })
    : judged;
};

const readExcuses = async (
  desk: FileDesk,
  { excuses: path }: JudgeWords,
): Promise<ExcusesFile['excuses']> => {
  const file = path === undefined ? undefined : await desk.read(path, excusesFileSchema);
  return file?.excuses ?? [];
};

const readLocks = async (
  desk: FileDesk,
  { locks: path }: JudgeWords,
): Promise<LocksFile['locks']> => {
  const file = path === undefined ? undefined : await desk.read(path, locksFileSchema);
  if (path === undefined || file === undefined) return [];
  desk.note(path, checkLocksFile(file));
  return file.locks;
};

interface Judged {
  readonly rules: RulesFile;
  readonly zone: string;
  readonly nowMs: number;
}

const judgedDays = (
  desk: FileDesk,
  words: JudgeWords,
  { rules, zone, nowMs }: Judged,
): DaySpan | null => {
  const span = campaignSpan(localDayAt(nowMs, zone), rules.rules);
  if (span !== null && daysIn(span) > MAX_TABLE_DAYS) {
    desk.note(words.rules, [{ path: 'rules', issue: 'tooManyDays' }]);
  }
  return span;
};
