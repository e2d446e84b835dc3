import { problemOfRule } from '#core/airtime/rule-check.ts';
import { type PlanAhead, planAhead } from '#core/plan/plan-ahead.ts';
import { defaultPlanSettings } from '#core/plan/plan-input.ts';
import { createDayTable, isKnownZone } from '#runtime/day-table.ts';
import type { PlanAnswer } from '#schemas/files/answers.ts';
import { type PlanFile, planFileSchema } from '#schemas/files/plan-file.ts';
import { problemToSentence } from '#schemas/messages/sentence.ts';
import type { Problem } from '#schemas/problem.ts';
import { ok, type Result, refuse } from '#schemas/result.ts';
import { createFileDesk, type FileDesk } from './file-desk.ts';

/** The playlists of the file's days, or why there are none. Errors: filesInvalid (every mistake). */
export const planWords = async (path: string): Promise<Result<PlanAnswer, Problem>> => {
  const desk = createFileDesk();
  const file = await desk.read(path, planFileSchema);
  if (file !== undefined) checkPlanFile(desk, path, file);
  const problem = desk.problem();
  if (problem !== undefined || file === undefined) {
    return refuse(problem ?? { code: 'filesInvalid', issues: [] });
  }
  const { zone, from, days, settings, ...rest } = file;
  const table = createDayTable(zone, from, days + 1);
  return ok(toAnswer(planAhead({ ...rest, table, settings: settings ?? defaultPlanSettings })));
};

const checkPlanFile = (desk: FileDesk, path: string, file: PlanFile): void => {
  if (!isKnownZone(file.zone)) desk.note(path, [{ path: 'zone', issue: 'zoneUnknown' }]);
  const ids = new Set(file.rules.flatMap(({ id, unlessAired }) => [id, unlessAired ?? id]));
  for (const [index, rule] of file.rules.entries()) {
    const problem = problemOfRule(rule, ids);
    if (problem === undefined) continue;
    const member = problem.code === 'ruleIncomplete' ? problem.field : 'to';
    desk.note(path, [{ path: `rules.${index}.${member}`, issue: problem.code }]);
  }
};

const toAnswer = ({ playlists, shortfalls, refusals }: PlanAhead): PlanAnswer => ({
  playlists: refusals.length === 0 ? [...playlists] : [],
  shortfalls: refusals.length === 0 ? [...shortfalls] : [],
  explanation: refusals.map(({ day, problem }) => ({
    day,
    problem: { ...problem },
    sentences: { vi: problemToSentence(problem, 'vi'), en: problemToSentence(problem, 'en') },
  })),
});
