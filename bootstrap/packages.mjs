import { existsSync, lstatSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runStep } from './run-step.mjs';
import { Stop } from './stop.mjs';

/** @typedef {Record<string, { version?: string; optional?: boolean }>} Packages */

/** @param {string} path @returns {Packages | undefined} */
const readPackages = (path) =>
  existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')).packages : undefined;

/**
 * Whether node_modules is what package-lock.json asks for. npm writes its own record as the last act
 * of an installation, so that one which was cut off has none.
 * @param {string} root
 * @returns {boolean}
 */
export const packagesAreInstalled = (root) => {
  const wanted = readPackages(join(root, 'package-lock.json'));
  const found = readPackages(join(root, 'node_modules', '.package-lock.json'));
  if (wanted === undefined || found === undefined) return false;
  const isSame = (/** @type {string} */ name) => found[name]?.version === wanted[name]?.version;
  return (
    Object.keys(found).every((name) => name in wanted && isSame(name)) &&
    Object.keys(wanted).every(
      (name) =>
        name === '' || isSame(name) || (!(name in found) && wanted[name]?.optional === true),
    )
  );
};

/** @param {string} path */
const isLink = (path) => lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true;

/** npm as it was called, so that `npm start` and the installation are one npm. */
const npmCommand = () => {
  const script = process.env.npm_execpath;
  return script !== undefined && /npm-cli\.[cm]?js$/.test(script) && existsSync(script)
    ? { command: process.execPath, args: [script] }
    : { command: 'npm', args: [] };
};

const installArgs = [
  'ci',
  '--ignore-scripts',
  '--include=dev',
  '--include=optional',
  '--engine-strict=false',
  '--no-audit',
  '--no-fund',
  '--no-update-notifier',
];

/** @param {import('./context.mjs').Context} context */
export const installPackages = async (context) => {
  if (isLink(join(context.root, 'node_modules'))) throw new Stop('nodeModulesIsLink');
  const npm = npmCommand();
  const step = {
    command: npm.command,
    args: [...npm.args, ...installArgs],
    announce: context.text('packagesInstalling'),
  };
  const status = await runStep(context, step).catch((error) => {
    if (error.code === 'ENOENT') throw new Stop('npmMissing');
    throw error;
  });
  if (status !== 0) throw new Stop('packagesFailed');
};
