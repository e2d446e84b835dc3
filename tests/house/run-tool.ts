import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** A tool runs for at most this long. */
const timeoutMs = 120_000;

export type ToolRun = { readonly status: number | null; readonly output: string };

type Call = { readonly args: readonly string[]; readonly env?: NodeJS.ProcessEnv };

/** Runs a program in a folder to its end, without a terminal and without input. */
export const runProgram = (folder: string, command: string, { args, env }: Call): ToolRun => {
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: timeoutMs,
    maxBuffer: 64 * 1024 * 1024,
  });
  return { status, output: `${stdout}${stderr}` };
};

/** Runs a JavaScript tool of node_modules under the Node that runs the tests. */
export const runTool = (folder: string, script: string, args: readonly string[]): ToolRun =>
  runProgram(folder, process.execPath, { args: [join(folder, 'node_modules', script), ...args] });
