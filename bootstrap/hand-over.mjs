import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { passSignals } from './pass-signals.mjs';

/** What the shell adds to the number of the signal that ended a process. */
const signalExitBase = 128;

/**
 * Runs the program in this one's place: same terminal, signals passed on, its exit status becomes
 * ours.
 * @param {string} command
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 * @returns {Promise<number>} the exit status
 */
export const handOver = (command, args, options = {}) =>
  new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: 'inherit', ...options });
    const stopPassing = passSignals(child);
    child.on('error', reject);
    child.on('exit', (code, signal) => {
      stopPassing();
      resolve(code ?? signalExitBase + (signal === null ? 0 : constants.signals[signal]));
    });
  });
