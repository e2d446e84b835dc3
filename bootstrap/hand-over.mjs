import { spawn } from 'node:child_process';
import { constants } from 'node:os';

/** What the shell adds to the number of the signal that ended a process. */
const signalExitBase = 128;

/**
 * Runs the program in this one's place: same terminal, signals passed on, its exit status becomes
 * ours. A terminal sends Ctrl-C to the program by itself; it is not sent twice.
 * @param {string} command
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 * @returns {Promise<number>} the exit status
 */
export const handOver = (command, args, options = {}) =>
  new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: 'inherit', ...options });
    const passOn = (/** @type {NodeJS.Signals} */ signal) => {
      if (signal !== 'SIGINT' || process.stdin.isTTY !== true) child.kill(signal);
    };
    /** @type {NodeJS.Signals[]} */
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
    for (const signal of signals) process.on(signal, passOn);
    child.on('error', reject);
    child.on('exit', (code, signal) => {
      for (const name of signals) process.off(name, passOn);
      resolve(code ?? signalExitBase + (signal === null ? 0 : constants.signals[signal]));
    });
  });
