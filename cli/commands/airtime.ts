import type { Command } from 'commander';
import type { PlanAnswer } from '#schemas/files/answers.ts';
import type { JudgeWords } from '../files/judge-files.ts';
import type { ReconcileWords } from '../files/reconcile-files.ts';
import { printJson, reportProblem } from '../outcome.ts';
import { printLongJson } from '../print-long-json.ts';
import { text } from '../text.ts';

/** `plan` ends with these when there is no plan, and when none was found within its bounds. */
const NO_PLAN_STATUS = 3;
const GAVE_UP_STATUS = 4;

const judge = async (words: JudgeWords): Promise<void> => {
  const { judgeWords } = await import('../files/judge-files.ts');
  const judged = await judgeWords(words);
  if (judged.ok) await printLongJson(judged.value);
  else reportProblem(judged.problem);
};

const reconcile = async (words: ReconcileWords): Promise<void> => {
  const { reconcileWords } = await import('../files/reconcile-files.ts');
  const reconciled = await reconcileWords(words);
  if (reconciled.ok) await printLongJson(reconciled.value);
  else reportProblem(reconciled.problem);
};

const statusOf = ({ explanation }: PlanAnswer): number => {
  if (explanation.length === 0) return 0;
  const isBound = explanation.every(({ problem }) => problem.code === 'planGaveUp');
  return isBound ? GAVE_UP_STATUS : NO_PLAN_STATUS;
};

const plan = async ({ input }: { readonly input: string }): Promise<void> => {
  const { planWords } = await import('../files/plan-file.ts');
  const planned = await planWords(input);
  if (!planned.ok) return reportProblem(planned.problem);
  printJson(planned.value);
  process.exitCode = statusOf(planned.value);
};

const withLogOptions = (command: Command): Command =>
  command
    .requiredOption('--units <file>', text('unitsFile'))
    .requiredOption('--log <file>', text('logFile'))
    .requiredOption('--at <instant>', text('atInstant'))
    .option('--unsigned', text('unsigned'));

/** Planning, judging and reconciling of files, without a server. Source: docs/commands-airtime.md. */
export const addAirtimeCommands = (program: Command): void => {
  withLogOptions(program.command('judge'))
    .requiredOption('--rules <file>', text('rulesFile'))
    .option('--playlists <file>', text('playlistsFile'))
    .option('--excuses <file>', text('excusesFile'))
    .option('--locks <file>', text('locksFile'))
    .option('--corrections <file>', text('correctionsFile'))
    .description(text('judge'))
    .action(judge);
  program
    .command('plan')
    .requiredOption('--input <file>', text('planFile'))
    .description(text('plan'))
    .action(plan);
  withLogOptions(program.command('reconcile'))
    .requiredOption('--playlists <file>', text('playlistsFile'))
    .description(text('reconcile'))
    .action(reconcile);
};
