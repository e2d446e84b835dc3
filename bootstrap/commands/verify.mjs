import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { prepare } from '../prepare.mjs';

const rooms = [
  'schemas',
  'core',
  'runtime',
  'content',
  'server',
  'player-agent',
  'cli',
  'web',
  'bootstrap',
  'tests',
];

/** A check that says more than this has failed. */
const maxOutputBytes = 16 * 1024 * 1024;

/**
 * One check: the script under node_modules, its arguments, and what its output must show besides
 * exit status 0.
 * @typedef {{ name: string; script: string; args: string[]; mustShow?: RegExp }} Check
 */

/** @type {Check[]} */
const checks = [
  {
    name: 'biome',
    script: '@biomejs/biome/bin/biome',
    args: ['check', '--error-on-warnings', '--colors=off'],
    mustShow: /Checked [1-9]\d* files/,
  },
  {
    name: 'dependency-cruiser',
    script: 'dependency-cruiser/bin/dependency-cruiser.mjs',
    args: ['--output-type', 'err-long', ...rooms, 'vitest.config.ts'],
    // Without a compiler it can read, dependency-cruiser reads nothing and passes.
    mustShow: /[1-9]\d* modules/,
  },
  { name: 'knip', script: 'knip/bin/knip.js', args: ['--no-progress'] },
  { name: 'tsc', script: 'typescript-7/bin/tsc', args: ['-b', '--pretty', 'false'] },
];

/**
 * @param {import('../context.mjs').Context} context
 * @param {string} node
 * @returns {(check: Check) => boolean}
 */
const runCheck =
  ({ root, text }, node) =>
  ({ name, script, args, mustShow }) => {
    console.log(`\n## ${name}`);
    const { status, stdout, stderr } = spawnSync(
      node,
      [join(root, 'node_modules', script), ...args],
      { cwd: root, encoding: 'utf8', maxBuffer: maxOutputBytes },
    );
    const output = `${stdout}${stderr}`;
    console.log(output.trim());
    const passed = status === 0 && (mustShow === undefined || mustShow.test(output));
    console.log(text(passed ? 'checkPassed' : 'checkFailed', { name, exitCode: status ?? -1 }));
    return passed;
  };

/** @param {import('../context.mjs').Context} context */
export const run = async (context) => {
  const { node } = await prepare(context, []);
  const results = checks.map(runCheck(context, node));
  return results.every(Boolean) ? 0 : 1;
};
