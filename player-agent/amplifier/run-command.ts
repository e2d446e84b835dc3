import { spawn } from 'node:child_process';
import type { Clock } from '#runtime/clock.ts';
import { MAX_AMPLIFIER_OUTPUT, type RecordBody } from '#schemas/records/log-record.ts';

/** A command that has not ended by then is killed, with all that it started, in milliseconds. */
export const COMMAND_BOUND_MS = 5_000;

/** How a command ended, as its record tells. */
export type CommandEnd = Pick<
  Extract<RecordBody, { kind: 'amplifier' }>,
  'outcome' | 'exitCode' | 'tookMs' | 'output'
>;

/** Runs a program with its words, never through a shell; resolves within the bound. */
export type RunCommand = (words: readonly string[]) => Promise<CommandEnd>;

const killGroup = (pid: number | undefined): void => {
  if (pid === undefined) return;
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, 'SIGKILL');
  } catch {
    // It has ended meanwhile.
  }
};

/** Commands of this machine, which get the environment and whose output is kept up to a bound. */
export const commandsWith =
  (clock: Clock, env: NodeJS.ProcessEnv, boundMs = COMMAND_BOUND_MS): RunCommand =>
  ([program = '', ...words]) =>
    new Promise((resolve) => {
      const fromMs = clock.positionMs();
      let output = '';
      const take = (piece: Buffer) => {
        output = (output + piece.toString('utf8')).slice(0, MAX_AMPLIFIER_OUTPUT);
      };
      const end = (outcome: CommandEnd['outcome'], exitCode: number | null) => {
        timer.cancel();
        resolve({ outcome, exitCode, tookMs: Math.round(clock.positionMs() - fromMs), output });
      };
      const child = spawn(program, words, {
        env,
        stdio: ['ignore', 'pipe', 'pipe'],
        detached: process.platform !== 'win32',
        windowsHide: true,
      });
      const timer = clock.at(fromMs + boundMs, () => {
        end('timedOut', null);
        killGroup(child.pid);
      });
      child.stdout.on('data', take);
      child.stderr.on('data', take);
      child.on('error', (error) => {
        take(Buffer.from(error.message));
        end('failed', null);
      });
      child.on('exit', (code) => end(code === 0 ? 'done' : 'failed', code));
    });
