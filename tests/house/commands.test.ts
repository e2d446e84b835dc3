import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inPlantedTree, root } from './planted-tree.ts';
import { runProgram, type ToolRun } from './run-tool.ts';

/** The runner inside the runner starts afresh. */
const env = { VITEST: undefined, VITEST_MODE: undefined, TIENG_LANG_LANGUAGE: 'en', CI: 'true' };

describe('a submission with a failing test and a forbidden import', () => {
  const plants = {
    'vitest.config.ts': `export default {
      test: { reporters: ['json'], outputFile: '.build/reports/vitest.json' },
    };`,
    'tests/planted.test.ts': `import { expect, test } from 'vitest';
      test('right', () => expect(1).toBe(1));
      test('wrong', () => expect(1).toBe(2));`,
    'core/planted.ts': "import 'node:fs';",
    'server/planted.ts': 'export const wrong: string = 1;',
  };
  let run: ToolRun = { status: null, output: '' };
  beforeAll(() => {
    run = inPlantedTree(plants, (folder) => runProgram(folder, 'bash', { args: ['.ci/run'], env }));
  });

  test('ends with the count of its tests', () => {
    expect(run.output.trimEnd().split('\n').at(-1)).toBe('1 passed, 1 failed');
  });

  test('does not pass', () => {
    expect(run.status).toBe(1);
  });

  test.each(['biome', 'dependency-cruiser', 'knip', 'tsc'])('is told what %s says', (name) => {
    expect(run.output).toContain(`## ${name}`);
    expect(run.output).toContain(`${name}: failed`);
  });
});

describe('the count of the tests', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'count-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const loaded = { status: 'passed', assertionResults: [{ status: 'passed' }] };
  const failing = { status: 'failed', assertionResults: [{ status: 'failed' }] };
  const unloaded = { status: 'failed', assertionResults: [] };

  test.each([
    { why: 'all pass', report: [3, 0, loaded], line: '3 passed, 0 failed', status: 0 },
    { why: 'one fails', report: [3, 1, failing], line: '3 passed, 1 failed', status: 1 },
    {
      why: 'a file does not load',
      report: [3, 0, unloaded],
      line: '3 passed, 1 failed',
      status: 1,
    },
    { why: 'no test ran', report: [0, 0, loaded], line: '0 passed, 0 failed', status: 1 },
    { why: 'no report', report: undefined, line: '0 passed, 1 failed', status: 1 },
  ])('$why: $line', ({ report, line, status }) => {
    const path = join(folder, 'report.json');
    rmSync(path, { force: true });
    const [numPassedTests, numFailedTests, file] = report ?? [];
    const text = JSON.stringify({ numPassedTests, numFailedTests, testResults: [file] });
    if (report !== undefined) writeFileSync(path, text);
    const args = [join(root, '.ci/count-tests.mjs'), path];
    expect(runProgram(root, process.execPath, { args })).toEqual({ status, output: `${line}\n` });
  });
});

const main = 'console.log(JSON.stringify([process.version, ...process.argv.slice(2)]));';
const start = { args: ['bootstrap/start.mjs', '--port', '8080'] };

test('npm start hands its arguments to `up`, under the Node of the product', () => {
  const plants = { 'cli/main.ts': main, 'web/index.html': '<!doctype html><p>Planted</p>' };
  const run = inPlantedTree(plants, (folder) =>
    runProgram(folder, process.execPath, { ...start, env }),
  );
  expect(run.output).toContain(JSON.stringify([process.version, 'up', '--port', '8080']));
  expect(run.status).toBe(0);
});

test('npm start without the programs it needs and without apt says which are missing', () => {
  const run = inPlantedTree({ 'cli/main.ts': main }, (folder) => {
    mkdirSync(join(folder, 'empty'));
    return runProgram(folder, process.execPath, { ...start, env: { ...env, PATH: 'empty' } });
  });
  expect(run.output).toContain('Missing: ffmpeg, ffprobe, mpv, espeak-ng.');
  expect(run.output).not.toContain(process.version);
  expect(run.status).toBe(1);
});

test('packages that are shared through a link are never replaced', () => {
  const plants = { 'cli/main.ts': main, 'package-lock.json': '{ "packages": {} }' };
  const run = inPlantedTree(plants, (folder) =>
    runProgram(folder, process.execPath, { ...start, env }),
  );
  expect(run.output).toContain('node_modules is a link');
  expect(run.status).toBe(1);
});
