import type { Command } from 'commander';
import { reportProblem } from '../outcome.ts';
import { text } from '../text.ts';
import { tellParent } from '../up/child.ts';

/** The exit status of an agent that could not go on. */
const FAULT_STATUS = 1;

/** Runs it to its end; true when it is to be started anew. */
const runOnce = async (hasParent: boolean, environment: NodeJS.ProcessEnv): Promise<boolean> => {
  const { runAgent } = await import('#player-agent/main.ts');
  const running = await runAgent({ environment, workingFolder: process.cwd() });
  if (!running.ok) {
    tellParent({ kind: 'refused', problem: running.problem });
    reportProblem(running.problem);
    return false;
  }
  const { speaker, output, folder, stop, ended } = running.value;
  tellParent({ kind: 'ready', facts: { speaker, output, folder } });
  const alone = () => void stop();
  if (process.connected) process.once('disconnect', alone);
  else if (hasParent) void stop();
  const why = await ended;
  process.off('disconnect', alone);
  if (why === 'failed') process.exitCode = FAULT_STATUS;
  return why === 'restart';
};

const runAgentCommand = async (): Promise<void> => {
  const hasParent = process.connected;
  const environment = { ...process.env };
  // No sound server or tool that the agent starts may speak to the service manager in its name.
  delete process.env.NOTIFY_SOCKET;
  while (await runOnce(hasParent, environment));
  if (process.connected) process.disconnect?.();
};

/** `agent`: the speaker's program of this machine, until a signal ends it. */
export const addAgentCommand = (program: Command): void => {
  program.command('agent').description(text('agent')).action(runAgentCommand);
};
