import { circleIssues, namedSpanIssues, twiceIssues } from '#core/airtime/check-files.ts';
import { problemOfRule } from '#core/airtime/rule-check.ts';
import { explainPlan } from '#core/plan/explain-plan.ts';
import { MAX_CHANGES } from '#core/plan/find-repairs.ts';
import { type PlanAhead, planAhead, type Refusal } from '#core/plan/plan-ahead.ts';
import { defaultPlanSettings } from '#core/plan/plan-input.ts';
import { createDayTable, isKnownZone } from '#runtime/day-table.ts';
import type { PlanAnswer } from '#schemas/files/answers.ts';
import { type PlanFile, planFileSchema } from '#schemas/files/plan-file.ts';
import { explanationToSentence, type NameOf } from '#schemas/messages/plan-sentence.ts';
import { type Language, problemToSentence } from '#schemas/messages/sentence.ts';
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
  const { zone, from, days, settings, names, ...rest } = file;
  const table = createDayTable(zone, from, days + 1);
  const plan = planAhead({ ...rest, table, settings: settings ?? defaultPlanSettings });
  return ok(toAnswer(plan, (id) => names[id] ?? id));
};

const checkPlanFile = (desk: FileDesk, path: string, file: PlanFile): void => {
  if (!isKnownZone(file.zone)) desk.note(path, [{ path: 'zone', issue: 'zoneUnknown' }]);
  desk.note(path, [
    ...twiceIssues(file.rules),
    ...circleIssues(file.rules),
    ...namedSpanIssues('caps', file.caps, ({ id }) => id),
    ...repeated('bulletins', file.bulletins),
    ...repeated('programmes', file.programmes),
  ]);
  const ids = new Set(file.rules.flatMap(({ id, unlessAired }) => [id, unlessAired ?? id]));
  for (const [index, rule] of file.rules.entries()) {
    const problem = problemOfRule(rule, ids);
    if (problem === undefined) continue;
    const member = problem.code === 'ruleIncomplete' ? problem.field : 'to';
    desk.note(path, [{ path: `rules.${index}.${member}`, issue: problem.code }]);
  }
};

/** What a list holds under a name that it had before: one of them only could be meant. */
const repeated = (list: string, named: readonly { readonly id: string }[]) =>
  named.flatMap(({ id }, index) =>
    named.findIndex((other) => other.id === id) < index
      ? [{ path: `${list}.${index}.id`, issue: 'twice' }]
      : [],
  );

const namedFacts = ['rule', 'cap', 'campaign', 'programme'];

/** The problem with names in place of ids, for sentences. */
const withNames = (problem: Problem, nameOf: NameOf): Problem => {
  const facts = Object.entries(problem).map(([fact, value]) => [
    fact,
    namedFacts.includes(fact) ? nameOf(String(value)) : value,
  ]);
  return { ...problem, ...Object.fromEntries(facts) };
};

const explain = ({ day, problem, input }: Refusal, nameOf: NameOf) => {
  const found = explainPlan(input);
  const explanation = found === undefined || found === 'gaveUp' ? null : found;
  const sentence = (language: Language): string => {
    const first = problemToSentence(withNames(problem, nameOf), language);
    if (explanation === null || explanation.clash.length === 0) return first;
    const by = { language, nameOf, mostChanges: MAX_CHANGES };
    return `${first} ${explanationToSentence(explanation, by)}`;
  };
  const { clash = [], repairs = [], repairsGaveUp = false } = explanation ?? {};
  const sentences = { vi: sentence('vi'), en: sentence('en') };
  return { day, problem: { ...problem }, clash, repairs, repairsGaveUp, sentences };
};

const toAnswer = ({ playlists, shortfalls, refusals }: PlanAhead, nameOf: NameOf): PlanAnswer => ({
  playlists: refusals.length === 0 ? [...playlists] : [],
  shortfalls: refusals.length === 0 ? [...shortfalls] : [],
  explanation: refusals.map((refusal) => explain(refusal, nameOf)),
});
