import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { runStep } from './run-step.mjs';
import { Stop } from './stop.mjs';

/**
 * A program (or, with a slash in it, a file) that must be there, and the Debian package that brings it.
 * @typedef {{ tool: string; aptPackage: string }} Tool
 */

/** @type {Tool[]} What server and speaker call. */
export const productTools = [
  { tool: 'ffmpeg', aptPackage: 'ffmpeg' },
  { tool: 'ffprobe', aptPackage: 'ffmpeg' },
  { tool: 'mpv', aptPackage: 'mpv' },
  { tool: 'espeak-ng', aptPackage: 'espeak-ng' },
];

/** @type {Tool[]} What the tests call besides. */
export const testTools = [
  { tool: 'pulseaudio', aptPackage: 'pulseaudio' },
  { tool: 'pactl', aptPackage: 'pulseaudio-utils' },
  { tool: 'parec', aptPackage: 'pulseaudio-utils' },
  { tool: 'mosquitto', aptPackage: 'mosquitto' },
  { tool: 'mosquitto_pub', aptPackage: 'mosquitto-clients' },
  { tool: 'openssl', aptPackage: 'openssl' },
  { tool: '/usr/share/asterisk/sounds', aptPackage: 'asterisk-core-sounds-en-wav' },
];

/** Debian keeps daemons where a plain user's PATH does not look. */
const daemonFolders = ['/usr/sbin', '/usr/local/sbin'];

/** @param {string} path */
const isExecutable = (path) => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

/** @param {string} tool @param {string} searchPath */
const isThere = (tool, searchPath) =>
  tool.includes('/')
    ? existsSync(tool)
    : [...searchPath.split(delimiter), ...daemonFolders].some((dir) =>
        isExecutable(join(dir, tool)),
      );

/**
 * @param {Tool[]} tools
 * @param {string} [searchPath] as in PATH
 * @returns {Tool[]}
 */
export const missingTools = (tools, searchPath = process.env.PATH ?? '') =>
  tools.filter(({ tool }) => !isThere(tool, searchPath));

/** @typedef {{ isRoot: boolean; hasApt: boolean; hasSudo: boolean; platform: string }} Rights */

/** @returns {Rights} */
const rightsHere = () => ({
  isRoot: process.getuid?.() === 0,
  hasApt: isThere('apt-get', process.env.PATH ?? ''),
  hasSudo: spawnSync('sudo', ['-n', 'true'], { stdio: 'ignore' }).status === 0,
  platform: process.platform,
});

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
  if (hasApt) {
    const command = ['sudo', 'apt-get', ...aptInstall(packages)].join(' ');
    return { stop: new Stop('toolsByHand', { tools, command }) };
  }
  if (platform === 'darwin') {
    const command = ['brew', 'install', ...packages].join(' ');
    return { stop: new Stop('toolsByHand', { tools, command }) };
  }
  return { stop: new Stop('toolsWithoutApt', { tools }) };
};

/** @param {Tool[]} tools */
const packagesOf = (tools) => [...new Set(tools.map(({ aptPackage }) => aptPackage))];

const aptLists = '/var/lib/apt/lists';
const hasLists = () =>
  existsSync(aptLists) && readdirSync(aptLists).some((name) => name.includes('_Packages'));

/** apt waits this long for another apt to finish. */
const aptOptions = ['-o', 'DPkg::Lock::Timeout=300', '-q'];

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
  const apt = (/** @type {string[]} */ args, /** @type {string} */ announce) => {
    const words = [...plan.prefix, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get'];
    const [command = '', ...rest] = [...words, ...aptOptions, ...args];
    return runStep(context, { command, args: rest, announce });
  };
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
