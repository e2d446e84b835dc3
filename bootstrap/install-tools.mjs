import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { runStep } from './run-step.mjs';
import { Stop } from './stop.mjs';
import { isThere, missingTools } from './system-tools.mjs';

/**
 * @typedef {import('./system-tools.mjs').Tool} Tool
 * @typedef {{ isRoot: boolean; hasApt: boolean; hasSudo: boolean; platform: string }} Rights
 */

/** @returns {Rights} */
const rightsHere = () => ({
  isRoot: process.getuid?.() === 0,
  hasApt: isThere('apt-get'),
  hasSudo: spawnSync('sudo', ['-n', 'true'], { stdio: 'ignore' }).status === 0,
  platform: process.platform,
});

/** @param {Tool[]} tools */
const packagesOf = (tools) => [...new Set(tools.map(({ aptPackage }) => aptPackage))];

/** @param {string[]} packages */
const aptInstall = (packages) => ['install', '-y', '--no-install-recommends', ...packages];

/**
 * What to do about missing packages: the words in front of `apt-get`, or the sentence with the exact
 * command for the person.
 * @param {Tool[]} missing
 * @param {Rights} rights
 * @returns {{ prefix: string[] } | { stop: Stop }}
 */
export const planInstall = (missing, { isRoot, hasApt, hasSudo, platform }) => {
  const tools = missing.map(({ tool }) => tool).join(', ');
  const packages = packagesOf(missing);
  if (hasApt && isRoot) return { prefix: [] };
  if (hasApt && hasSudo) return { prefix: ['sudo', '-n'] };
  const byHand = (/** @type {string[]} */ words) => ({
    stop: new Stop('toolsByHand', { tools, command: words.join(' ') }),
  });
  if (hasApt) return byHand(['sudo', 'apt-get', ...aptInstall(packages)]);
  if (platform === 'darwin') return byHand(['brew', 'install', ...packages]);
  return { stop: new Stop('toolsWithoutApt', { tools }) };
};

const aptLists = '/var/lib/apt/lists';
const hasLists = () =>
  existsSync(aptLists) && readdirSync(aptLists).some((name) => name.includes('_Packages'));

/** apt waits this long for another apt to finish. */
const aptOptions = ['-o', 'DPkg::Lock::Timeout=300', '-q'];

/**
 * Runs apt-get as a step.
 * @param {import('./context.mjs').Context} context
 * @param {string[]} prefix
 * @returns {(args: string[], announce: string) => Promise<number>}
 */
const createApt = (context, prefix) => (args, announce) => {
  const words = [...prefix, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get'];
  const [command = '', ...rest] = [...words, ...aptOptions, ...args];
  return runStep(context, { command, args: rest, announce });
};

/**
 * Installs what is missing, where this may; else stops with the command to type.
 * @param {import('./context.mjs').Context} context
 * @param {Tool[]} tools
 * @param {Rights} [rights]
 * @returns {Promise<string[]>} the packages that were installed
 */
export const installTools = async (context, tools, rights = rightsHere()) => {
  const missing = missingTools(tools);
  if (missing.length === 0) return [];
  const plan = planInstall(missing, rights);
  if ('stop' in plan) throw plan.stop;
  const packages = packagesOf(missing);
  const apt = createApt(context, plan.prefix);
  const update = () => apt(['update'], context.text('toolsUpdating'));
  const install = () =>
    apt(aptInstall(packages), context.text('toolsInstalling', { packages: packages.join(', ') }));
  if (!hasLists()) await update();
  if ((await install()) !== 0 && (await update()) === 0) await install();
  if (missingTools(tools).length > 0) {
    const command = [...plan.prefix, 'apt-get', ...aptInstall(packages)].join(' ');
    throw new Stop('toolsFailed', { command });
  }
  return packages;
};
