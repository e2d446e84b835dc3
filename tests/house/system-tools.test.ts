import { chmodSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { planInstall } from '../../bootstrap/install-tools.mjs';
import { missingTools, productTools, testTools } from '../../bootstrap/system-tools.mjs';
import { root } from './planted-tree.ts';
import { runProgram } from './run-tool.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tools-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const plantProgram = (name: string, text: string): void => {
  writeFileSync(join(folder, name), text);
  chmodSync(join(folder, name), 0o755);
};

test('what this machine needs for the tests is found on it', () => {
  expect(missingTools([...productTools, ...testTools])).toEqual([]);
});

test('a file of the right name that cannot be run is not the program', () => {
  writeFileSync(join(folder, 'mpv'), '');
  expect(missingTools(productTools, folder)).toEqual(productTools);
  plantProgram('mpv', '');
  expect(missingTools(productTools, folder)).not.toContainEqual({ tool: 'mpv', aptPackage: 'mpv' });
});

const nobody = { isRoot: false, hasApt: true, hasSudo: false, platform: 'linux' };
const command = 'sudo apt-get install -y --no-install-recommends ffmpeg mpv espeak-ng';

test('without the right to install, the exact command is named', () => {
  const plan = planInstall(productTools, nobody);
  expect(plan).toMatchObject({ stop: { key: 'toolsByHand', facts: { command } } });
});

test.each([
  { rights: { ...nobody, isRoot: true }, plan: { prefix: [] }, why: 'root' },
  { rights: { ...nobody, hasSudo: true }, plan: { prefix: ['sudo', '-n'] }, why: 'sudo' },
  {
    rights: { ...nobody, hasApt: false, platform: 'darwin' },
    plan: { stop: { facts: { command: 'brew install ffmpeg mpv espeak-ng' } } },
    why: 'macOS',
  },
  {
    rights: { ...nobody, hasApt: false },
    plan: { stop: { key: 'toolsWithoutApt' } },
    why: 'another Linux',
  },
])('who may install what: $why', ({ rights, plan }) => {
  expect(planInstall(productTools, rights)).toMatchObject(plan);
});

/** An apt-get that writes down how it was called, and installs from the second attempt on. */
const aptScript = `#!/bin/sh
echo "$DEBIAN_FRONTEND $*" >> "${'$'}{0%/*}/calls"
case "$*" in *update*) exit 0;; esac
[ "$(grep -c install "${'$'}{0%/*}/calls")" -ge 2 ] || exit 100
for tool in ffmpeg ffprobe mpv espeak-ng; do ln -s /bin/true "${'$'}{0%/*}/$tool"; done
`;

const install = `
  import { createContext } from '${root}/bootstrap/context.mjs';
  import { installTools } from '${root}/bootstrap/install-tools.mjs';
  import { productTools } from '${root}/bootstrap/system-tools.mjs';
  const rights = { isRoot: true, hasApt: true, hasSudo: false, platform: 'linux' };
  console.log(JSON.stringify(await installTools(createContext(), productTools, rights)));
`;

const installWith = (script: string): { status: number | null; output: string } => {
  plantProgram('apt-get', script);
  for (const tool of ['env', 'sh', 'grep', 'ln'])
    symlinkSync(`/usr/bin/${tool}`, join(folder, tool));
  const args = ['--input-type=module', '-e', install];
  return runProgram(root, process.execPath, { args, env: { PATH: folder } });
};

test('when packages are not found, the lists are updated once and the installation is tried again', () => {
  expect(installWith(aptScript).output).toContain('["ffmpeg","mpv","espeak-ng"]');
  const calls = readFileSync(join(folder, 'calls'), 'utf8').trim().split('\n');
  const wanted = 'install -y --no-install-recommends ffmpeg mpv espeak-ng';
  expect(calls.filter((call) => call.endsWith(wanted))).toHaveLength(2);
  expect(calls.at(-2)).toMatch(/update$/);
  expect(calls.every((call) => call.startsWith('noninteractive '))).toBe(true);
});

test('an installation that brings nothing stops the start', () => {
  const { status, output } = installWith('#!/bin/sh\necho no space left\nexit 100\n');
  expect(status).not.toBe(0);
  expect(output).toContain('no space left');
  expect(output).toContain('toolsFailed');
});
