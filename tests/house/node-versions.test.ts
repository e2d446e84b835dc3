import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { canBootstrap, canRunProduct } from '../../bootstrap/node-versions.mjs';
import { findProductNode } from '../../bootstrap/product-node.mjs';
import { root } from './planted-tree.ts';
import { runProgram } from './run-tool.ts';

test.each([
  { version: 'v10.24.1', bootstraps: false, runs: false, why: 'Debian 10' },
  { version: 'v12.22.12', bootstraps: false, runs: false, why: 'Ubuntu 22.04' },
  { version: 'v17.9.1', bootstraps: false, runs: false, why: 'the last one too old' },
  { version: 'v18.0.0', bootstraps: true, runs: false, why: 'the first one that installs' },
  { version: 'v18.20.4', bootstraps: true, runs: false, why: 'Debian 12' },
  { version: 'v20.20.2', bootstraps: true, runs: false, why: 'a native module would crash' },
  { version: 'v25.9.0', bootstraps: true, runs: false, why: 'the last one that does not run' },
  { version: 'v26.0.0', bootstraps: true, runs: true, why: 'the product’s' },
  { version: 'v100.1.2', bootstraps: true, runs: true, why: 'three digits' },
])('Node $version: installs $bootstraps, runs $runs ($why)', ({ version, bootstraps, runs }) => {
  expect(canBootstrap(version)).toBe(bootstraps);
  expect(canRunProduct(version)).toBe(runs);
});

/** Makes this Node say that it is an older one. */
const claim = (version: string): string =>
  `data:text/javascript,Object.defineProperty(process,'version',{value:'${version}'})`;

const commands = [
  'bootstrap/start.mjs',
  'bootstrap/test.mjs',
  'bootstrap/verify.mjs',
  'cli/bin.mjs',
];

test.each(commands)('%s refuses an old Node in two languages before it loads more', (command) => {
  const args = ['--import', claim('v12.22.12'), join(root, command)];
  const env = { TIENG_LANG_LANGUAGE: '', LC_ALL: 'C' };
  const { status, output } = runProgram(root, process.execPath, { args, env });
  expect(status).toBe(1);
  expect(output).toContain('Máy này có Node v12.22.12, quá cũ.');
  expect(output).toContain('This machine has Node v12.22.12, which is too old.');
});

const readByOldNodes = ['start', 'test', 'verify', 'main', 'texts', 'node-versions'];

test.each(readByOldNodes)('bootstrap/%s.mjs holds nothing that an old Node cannot read', (name) => {
  const text = readFileSync(join(root, 'bootstrap', `${name}.mjs`), 'utf8');
  const code = text.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*/g, '');
  expect(code).not.toMatch(/\?\.[a-z[(]|\?\?|^await /im);
});

const machine = { execPath: '/own/node', version: 'v26.1.0', platform: 'darwin', arch: 'arm64' };

test('where no Node comes with the packages, the user’s own is used if it is new enough', () => {
  expect(findProductNode(root, machine)).toBe('/own/node');
  expect(findProductNode(root, { ...machine, version: 'v24.0.0' })).toBeUndefined();
});

test('an older Node hands the command line over to the one that came with the packages', () => {
  const args = ['--import', claim('v20.0.0'), join(root, 'cli/bin.mjs'), '--help'];
  const { status, output } = runProgram(root, process.execPath, { args });
  expect(output).toContain('tieng-lang');
  expect(status).toBe(0);
});
