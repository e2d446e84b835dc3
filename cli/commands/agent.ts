import type { Command } from 'commander';
import { reportProblem } from '../outcome.ts';
import { text } from '../text.ts';
import { tellParent } from '../up/child.ts';

/** The exit status of an agent that could not go on. */
const FAULT_STATUS = 1;

const runAgentCommand = async (): Promise<void> => {
  const hasParent = process.connected;
  const { runAgent } = await import('#player-agent/main.ts');
  const running = await runAgent({ environment: process.env, workingFolder: process.cwd() });
  if (!running.ok) {
    tellParent({ kind: 'refused', problem: running.problem });
    reportProblem(running.problem);
    return;
  }
  const { speaker, output, folder, stop, ended } = running.value;
  tellParent({ kind: 'ready', facts: { speaker, output, folder } });
  if (process.connected) process.once('disconnect', () => void stop());
  else if (hasParent) void stop();
  if (!(await ended)) process.exitCode = FAULT_STATUS;
  if (process.connected) process.disconnect?.();
};

/** `agent`: the speaker's program of this machine, until a signal ends it. */
export const addAgentCommand = (program: Command): void => {
  program.command('agent').description(text('agent')).action(runAgentCommand);
};
