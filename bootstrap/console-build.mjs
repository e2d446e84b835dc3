import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { withLock } from './lock.mjs';
import { runStep } from './run-step.mjs';
import { Stop } from './stop.mjs';

/** All that the console is made from. */
const sources = ['web', 'core', 'schemas', 'package.json', 'package-lock.json'];
const neverSources = new Set(['dist', 'node_modules']);

/** @param {string} root */
const builtIn = (root) => join(root, 'web', 'dist');
/** @param {string} root */
const stampIn = (root) => join(builtIn(root), '.stamp');

/** @param {string} folder @returns {string[]} the files below it, in an order of their own */
const filesBelow = (folder) =>
  readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => !neverSources.has(name))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? filesBelow(path) : [path];
    });

/**
 * What the sources are: equal for equal names and bytes.
 * @param {string} root
 */
export const stampOfSources = (root) => {
  const hash = createHash('sha256');
  for (const source of sources) {
    const path = join(root, source);
    for (const file of source.includes('.') ? [path] : filesBelow(path)) {
      const bytes = readFileSync(file);
      hash.update(`${file.slice(root.length)} ${bytes.length}\n`).update(bytes);
    }
  }
  return hash.digest('hex');
};

/**
 * Whether what was built is what the sources would give now.
 * @param {string} root
 */
export const consoleIsBuilt = (root) =>
  existsSync(stampIn(root)) && readFileSync(stampIn(root), 'utf8') === stampOfSources(root);

/** Leaves a compressed twin beside every file that shrinks. @param {string} folder */
const compress = (folder) => {
  for (const file of filesBelow(folder).filter((path) => /\.(js|css|html|svg)$/.test(path))) {
    const bytes = readFileSync(file);
    writeFileSync(`${file}.br`, brotliCompressSync(bytes));
    writeFileSync(`${file}.gz`, gzipSync(bytes));
  }
};

/**
 * Builds the console into `web/dist`. The stamp is written last: a build that was cut off has none.
 * @param {import('./context.mjs').Context} context
 * @param {string} node the product's Node
 */
export const buildConsole = async (context, node) => {
  const { root } = context;
  const stamp = stampOfSources(root);
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
  const step = {
    command: node,
    args: [vite, 'build', join(root, 'web'), '--logLevel', 'warn'],
    announce: context.text('consoleBuilding'),
  };
  if ((await runStep(context, step)) !== 0) throw new Stop('consoleFailed');
  compress(builtIn(root));
  writeFileSync(stampIn(root), stamp);
};

/**
 * Builds the console unless it stands as its sources are. Of several who want it, one builds.
 * @param {import('./context.mjs').Context} context
 * @param {string} node
 */
export const ensureConsole = async (context, node) => {
  if (consoleIsBuilt(context.root)) return;
  await withLock(context, async () => {
    if (!consoleIsBuilt(context.root)) await buildConsole(context, node);
  });
};
