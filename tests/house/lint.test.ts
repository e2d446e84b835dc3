import { describe, expect, test } from 'vitest';
import { inPlantedTree } from './planted-tree.ts';
import { runTool } from './run-tool.ts';

const biome = '@biomejs/biome/bin/biome';
const check = (plants: Readonly<Record<string, string>>): readonly string[] => {
  const args = ['lint', '--vcs-enabled=false', '--reporter=json', ...Object.keys(plants)];
  const { output } = inPlantedTree(plants, (folder) => runTool(folder, biome, args));
  const report: { diagnostics: { category: string }[] } = JSON.parse(
    output.slice(output.indexOf('{'), output.lastIndexOf('}') + 1),
  );
  return report.diagnostics.map(({ category }) => category);
};

const time = 'plugin';
const global = 'lint/style/noRestrictedGlobals';
const imported = 'lint/style/noRestrictedImports';

const ambient = [
  { code: 'Date.now();', caught: time },
  { code: 'const now = Date.now;\nnow();', caught: time },
  { code: 'new Date();', caught: time },
  { code: 'Date();', caught: time },
  { code: 'Temporal.Now.instant();', caught: time },
  { code: 'process.hrtime.bigint();', caught: time },
  { code: 'process.uptime();', caught: time },
  { code: 'AbortSignal.timeout(5);', caught: time },
  { code: 'Math.random();', caught: time },
  { code: "import * as all from 'node:crypto';\nall.randomUUID();", caught: time },
  { code: "await import('node:timers/promises');", caught: time },
  { code: 'performance.now();', caught: global },
  { code: 'setTimeout(Boolean, 1);', caught: global },
  { code: 'setInterval(Boolean, 1);', caught: global },
  { code: 'setImmediate(Boolean);', caught: global },
  { code: 'crypto.randomUUID();', caught: global },
  { code: 'crypto.getRandomValues(new Uint8Array(1));', caught: global },
  { code: 'globalThis.setTimeout(Boolean, 1);', caught: global },
  { code: 'global.setTimeout(Boolean, 1);', caught: global },
  { code: "import { randomUUID } from 'node:crypto';\nrandomUUID();", caught: imported },
  { code: "import { randomBytes } from 'node:crypto';\nrandomBytes(1);", caught: imported },
  { code: "import { randomInt } from 'node:crypto';\nrandomInt(1);", caught: imported },
  { code: "import all from 'node:crypto';\nall.randomUUID();", caught: imported },
  { code: "import { setTimeout } from 'node:timers/promises';\nsetTimeout(1);", caught: imported },
  { code: "import { setTimeout } from 'node:timers';\nsetTimeout(Boolean, 1);", caught: imported },
  { code: "import { performance } from 'node:perf_hooks';\nperformance.now();", caught: imported },
];

describe('ambient time and randomness', () => {
  test.each(ambient)('$code is an error in a room', ({ code, caught }) => {
    expect(check({ 'server/planted.ts': code })).toContain(caught);
  });

  test('stand in runtime/clock.ts and nowhere else', () => {
    const code = 'export const nowMs = (): number => Date.now() + performance.now();\n';
    expect(check({ 'runtime/clock.ts': code })).toEqual([]);
    expect(check({ 'runtime/other.ts': code })).toHaveLength(2);
  });

  test('a given instant may be converted', () => {
    const code = 'export const iso = (ms: number): string => new Date(ms).toISOString();\n';
    expect(check({ 'server/planted.ts': code })).toEqual([]);
  });

  test('a test does not sleep', () => {
    expect(check({ 'tests/core/planted.test.ts': 'setTimeout(Boolean, 1);' })).toContain(global);
  });
});

const style = [
  { code: 'export default 1;', caught: 'lint/style/noDefaultExport' },
  { code: "export * from './other.ts';", caught: 'lint/performance/noReExportAll' },
  { code: "export { other } from './other.ts';", caught: 'lint/performance/noBarrelFile' },
  { code: 'export const a = (b: any): unknown => b;', caught: 'lint/suspicious/noExplicitAny' },
  {
    code: 'export const a = (b?: string): string => b!;',
    caught: 'lint/style/noNonNullAssertion',
  },
  { code: "console.log('a');", caught: 'lint/suspicious/noConsole' },
  { code: 'export enum A { b }', caught: 'lint/style/noEnum' },
  {
    code: 'export const a = (b: 1, c: 2, d: 3, e: 4) => [b, c, d, e];',
    caught: 'lint/complexity/useMaxParams',
  },
];

test.each(style)('$code is an error', ({ code, caught }) => {
  const plants = { 'core/planted.ts': code, 'core/other.ts': 'export const other = 1;\n' };
  expect(check(plants)).toContain(caught);
});

test('a file name that is not in kebab-case is an error', () => {
  const plants = { 'core/plantedFile.ts': 'export const a = 1;\n' };
  expect(check(plants)).toContain('lint/style/useFilenamingConvention');
});

test('an import without its extension is an error', () => {
  const plants = {
    'core/planted.ts': "import { other } from './other';\nexport const a = other;\n",
    'core/other.ts': 'export const other = 1;\n',
  };
  expect(check(plants)).toContain('lint/correctness/useImportExtensions');
});
