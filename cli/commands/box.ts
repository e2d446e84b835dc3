import type { Command } from 'commander';
import { printLine, REFUSED_STATUS, reportProblem } from '../outcome.ts';
import { boxText, text } from '../text.ts';

type Deed = Parameters<typeof import('#player-agent/main.ts').askAgent>[1];

const ask = async (deed: Deed): Promise<void> => {
  const { askAgent } = await import('#player-agent/main.ts');
  const from = { environment: process.env, workingFolder: process.cwd() };
  const answered = await askAgent(from, deed);
  if (!answered.ok) return reportProblem(answered.problem);
  printLine(boxText(`did.${answered.value}`));
  const isDone = answered.value === 'timeSet' || answered.value === 'toneSounds';
  if (!isDone) process.exitCode = REFUSED_STATUS;
};

/** `set-time` and `test-tone`: what a technician at the box has its running agent do. */
export const addBoxCommands = (program: Command): void => {
  program
    .command('set-time')
    .description(text('setTime'))
    .argument('<local>', text('setTimeLocal'))
    .action((local: string) => ask({ kind: 'time', local }));
  program
    .command('test-tone')
    .description(text('testTone'))
    .action(() => ask({ kind: 'tone' }));
};
