import { spawn } from 'node:child_process';

const progressEveryMs = 5_000;
/** What is shown of a step that failed. */
const maxTailChars = 8_000;

/** @param {number} startedMs */
const elapsedS = (startedMs) => Math.round((Date.now() - startedMs) / 1000);

/**
 * Runs one slow step and says every few seconds that it is still going. Its output is shown only
 * when it fails.
 * @param {import('./context.mjs').Context} context
 * @param {{ command: string; args: string[]; env?: NodeJS.ProcessEnv; announce: string }} step
 * @returns {Promise<number>} the exit status
 */
export const runStep = ({ root, say, text }, { command, args, env, announce }) =>
  new Promise((resolve, reject) => {
    const startedMs = Date.now();
    say(announce);
    const child = spawn(command, args, {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let tail = '';
    const keep = (/** @type {Buffer} */ chunk) => {
      tail = (tail + chunk.toString()).slice(-maxTailChars);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    const progress = setInterval(
      () => say(text('stillWorking', { elapsedS: elapsedS(startedMs) })),
      progressEveryMs,
    );
    child.on('error', (error) => {
      clearInterval(progress);
      reject(error);
    });
    child.on('close', (code) => {
      clearInterval(progress);
      say(code === 0 ? text('done', { elapsedS: elapsedS(startedMs) }) : tail);
      resolve(code ?? 1);
    });
  });
