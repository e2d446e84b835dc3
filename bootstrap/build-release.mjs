import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { findProductNode } from './product-node.mjs';
import { runStep } from './run-step.mjs';
import { Stop } from './stop.mjs';

/** Where the script stands before it is put into the executable; a part of what it becomes. */
const script = '.build/speaker/speaker.mjs';

/**
 * The Node of a platform, where its package was installed.
 * @param {string} root
 * @param {string} platform as npm's packages call it: `linux-x64`, `linux-arm64`, `win-x64`
 */
const nodeOf = (root, platform) => {
  const [system = '', arch = ''] = platform.replace(/^win-/, 'win32-').split('-');
  const found = findProductNode(root, { platform: system, arch, execPath: '', version: 'v0.0.0' });
  if (found === undefined) throw new Stop('releaseNodeMissing', { platform });
  return found;
};

/** @param {string} root @returns {string} */
const versionOf = (root) => JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version;

/**
 * Makes the executable of a speaker's box, and beside it its SHA-256. Equal
 * sources and packages give equal bytes: there is no code cache in it, and no path of this machine.
 * @param {import('./context.mjs').Context} context
 * @param {string} node the product's Node
 * @param {{ platform: string; out: string }} wanted
 */
export const buildRelease = async (context, node, { platform, out }) => {
  const { root, text } = context;
  const folder = resolve(root, out);
  const name = `tieng-lang-${versionOf(root)}-${platform}`;
  const file = platform.startsWith('win') ? `${name}.exe` : name;
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
  const config = join(root, 'cli', 'vite.config.ts');
  const bundling = [vite, 'build', '--config', config, '--logLevel', 'warn'];
  const executable = nodeOf(root, platform);
  await step(context, { command: node, args: bundling, announce: text('releaseBundling') });
  mkdirSync(folder, { recursive: true });
  const sea = join(root, '.build', 'speaker', `${platform}.json`);
  const settings = {
    main: script,
    mainFormat: 'module',
    executable,
    output: join(folder, file),
    disableExperimentalSEAWarning: true,
    useCodeCache: false,
    execArgvExtension: 'none',
  };
  writeFileSync(sea, JSON.stringify(settings));
  const announce = text('releaseBuilding', { file: settings.output });
  await step(context, { command: node, args: ['--build-sea', sea], announce });
  const hash = createHash('sha256').update(readFileSync(settings.output)).digest('hex');
  writeFileSync(`${settings.output}.sha256`, `${hash}  ${file}\n`);
};

/**
 * @param {import('./context.mjs').Context} context
 * @param {Parameters<typeof runStep>[1]} work
 */
const step = async (context, work) => {
  if ((await runStep(context, work)) !== 0) throw new Stop('releaseFailed');
};
