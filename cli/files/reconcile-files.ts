import { withLogFindings } from '#core/airtime/judge-files.ts';
import { type PlannedDay, reconcile } from '#core/airtime/reconcile.ts';
import { MAX_TABLE_DAYS } from '#runtime/day-table.ts';
import { gatherLogFile } from '#runtime/gather-log-file.ts';
import { type DaySpan, daysIn, spanToTable } from '#runtime/judged-table.ts';
import type { ReconciliationFile } from '#schemas/files/answers.ts';
import type { Problem } from '#schemas/problem.ts';
import { ok, type Result, refuse } from '#schemas/result.ts';
import { type LogWords, readInstant, readPlaylists, readUnits } from './airtime-words.ts';
import { createFileDesk } from './file-desk.ts';
import { findingsInWords } from './judgement-in-words.ts';
import { reconciliationInWords } from './reconciliation-in-words.ts';

/** What `reconcile` is told: paths of files, and the instant. */
export interface ReconcileWords extends LogWords {
  readonly playlists: string;
}

/** Planned against aired. Errors: filesInvalid (every mistake at once), fileUnreadable and logFileTooLong (the log). */
export const reconcileWords = async (
  words: ReconcileWords,
): Promise<Result<ReconciliationFile, Problem>> => {
  const desk = createFileDesk();
  const nowMs = readInstant(desk, words.at);
  const units = await readUnits(desk, words);
  const planned = await readPlaylists(desk, words.playlists, units);
  const span = spanOf(planned);
  if (span !== null && daysIn(span) > MAX_TABLE_DAYS) {
    desk.note(words.playlists, [{ path: 'speakers', issue: 'tooManyDays' }]);
  }
  const problem = desk.problem();
  if (problem !== undefined || units === undefined || nowMs === undefined) {
    return refuse(problem ?? { code: 'filesInvalid', issues: [] });
  }
  const { zone } = units;
  const unsigned = words.unsigned === true;
  const logs = await gatherLogFile(words.log, units.speakers, unsigned);
  if (!logs.ok) return logs;
  const table = span === null ? [] : spanToTable(zone, span);
  const speakers = [...planned].map(([speaker, days]) => {
    return { speaker, days, log: logs.value.bySpeaker.get(speaker) ?? [] };
  });
  const { days, findings } = reconcile({ table, speakers, nowMs });
  return ok({
    ...{ zone, atMs: nowMs, signaturesChecked: !unsigned },
    days: reconciliationInWords(days),
    findings: findingsInWords(withLogFindings(logs.value.findings, findings)),
  });
};

const spanOf = (planned: ReadonlyMap<string, readonly PlannedDay[]>): DaySpan | null => {
  const days = [...planned.values()].flatMap((of) => of.map(({ day }) => day)).sort();
  const [from] = days;
  const to = days.at(-1);
  return from === undefined || to === undefined ? null : { from, to };
};
