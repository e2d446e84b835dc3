import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { root } from './planted-tree.ts';

let folder = '';
let children: ChildProcess[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hand-over-'));
});
afterEach(() => {
  for (const child of children) child.kill('SIGKILL');
  children = [];
  rmSync(folder, { recursive: true, force: true });
});

const start = (name: string, argument: string): ChildProcess => {
  const script = join(root, 'tests/house/processes', `${name}.mjs`);
  const child = spawn(process.execPath, [script, argument], { stdio: 'pipe' });
  children.push(child);
  return child;
};

/** Waits until the child says it. */
const said = (child: ChildProcess, words: string): Promise<void> =>
  new Promise((resolve, reject) => {
    let output = '';
    child.stdout?.on('data', (chunk) => {
      output += String(chunk);
      if (output.includes(words)) resolve();
    });
    child.on('exit', () => reject(new Error(`ended without "${words}": ${output}`)));
  });

/** Says so, and waits for a signal. */
const wait = "console.log('ready'); setInterval(Boolean, 1000);";

test('the exit status of the program is the exit status of the start', async () => {
  const [code] = await once(start('hand-over', 'process.exit(42)'), 'exit');
  expect(code).toBe(42);
});

test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('%s reaches the program', async (signal) => {
  const child = start('hand-over', `process.on('${signal}', () => process.exit(7)); ${wait}`);
  await said(child, 'ready');
  child.kill(signal);
  expect(await once(child, 'exit')).toEqual([7, null]);
});

test('a program ended by a signal shows as 128 and its number', async () => {
  const child = start('hand-over', wait);
  await said(child, 'ready');
  child.kill('SIGTERM');
  expect(await once(child, 'exit')).toEqual([143, null]);
});

test('two bootstraps do not install at once: the second says so and waits', async () => {
  const first = start('hold-lock', folder);
  await said(first, 'holding');
  const second = start('hold-lock', folder);
  await said(second, `process ${first.pid}`);
  first.stdin?.end();
  await said(second, 'holding');
});

test('the lock of a process that is gone is taken over', async () => {
  const gone = start('hand-over', '');
  await once(gone, 'exit');
  mkdirSync(join(folder, '.var'));
  writeFileSync(join(folder, '.var/bootstrap.lock'), String(gone.pid));
  await said(start('hold-lock', folder), 'holding');
});
