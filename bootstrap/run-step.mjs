import { spawn } from 'node:child_process';
import { passSignals } from './pass-signals.mjs';

const progressEveryMs = 5_000;
/** What is shown of a step that failed. */
const maxTailChars = 8_000;

/** @param {number} startedMs */
const elapsedS = (startedMs) => Math.round((Date.now() - startedMs) / 1000);

/**
 * Keeps the last part of what a child writes.
 * @param {import('node:child_process').ChildProcess} child
 * @returns {() => string}
 */
const keepTail = (child) => {
  let tail = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (chunk) => {
      tail = (tail + chunk).slice(-maxTailChars);
    });
  }
  return () => tail;
};

/**
 * Runs one slow step and says every few seconds that it is still going. Its output is shown only
 * when it fails.
 * @param {import('./context.mjs').Context} context
 * @param {{ command: string; args: string[]; announce: string }} step
 * @returns {Promise<number>} the exit status
 */
export const runStep = ({ root, say, text }, { command, args, announce }) =>
  new Promise((resolve, reject) => {
    const startedMs = Date.now();
    say(announce);
    const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    const tail = keepTail(child);
    const stopPassing = passSignals(child);
    const sayStillWorking = () => say(text('stillWorking', { elapsedS: elapsedS(startedMs) }));
    const progress = setInterval(sayStillWorking, progressEveryMs);
    const end = () => {
      clearInterval(progress);
      stopPassing();
    };
    child.on('error', (error) => {
      end();
      reject(error);
    });
    child.on('close', (code) => {
      end();
      say(code === 0 ? text('done', { elapsedS: elapsedS(startedMs) }) : tail());
      resolve(code ?? 1);
    });
  });
