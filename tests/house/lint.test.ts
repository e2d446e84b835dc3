import { beforeAll, describe, expect, test } from 'vitest';
import { inPlantedTree, type Plants } from './planted-tree.ts';
import { runTool } from './run-tool.ts';

const biome = '@biomejs/biome/bin/biome';
type Report = { readonly diagnostics: { category: string; location: { path: string } }[] };

/** What is said of each planted file, as a function of its path. */
const lint = (plants: Plants): ((path: string) => readonly string[]) => {
  const args = ['lint', '--vcs-enabled=false', '--reporter=json', '--max-diagnostics=none'];
  const { output } = inPlantedTree(plants, (folder) =>
    runTool(folder, biome, [...args, ...Object.keys(plants)]),
  );
  const text = output.slice(output.indexOf('{'), output.lastIndexOf('}') + 1);
  const { diagnostics }: Report = JSON.parse(text);
  return (path) =>
    diagnostics.filter(({ location }) => location.path === path).map(({ category }) => category);
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

const style = [
  { code: 'export default 1;', caught: 'lint/style/noDefaultExport' },
  { code: "export * from './other.ts';", caught: 'lint/performance/noReExportAll' },
  { code: "export { other } from './other.ts';", caught: 'lint/performance/noBarrelFile' },
  { code: 'export const a = (b: any): unknown => b;', caught: 'lint/suspicious/noExplicitAny' },
  { code: 'export const a = (b?: string): string => b!;', caught: 'lint/style/noNonNullAssertion' },
  { code: "console.log('a');", caught: 'lint/suspicious/noConsole' },
  { code: 'export enum A { b }', caught: 'lint/style/noEnum' },
  {
    code: 'export const a = (b: 1, c: 2, d: 3, e: 4) => [b, c, d, e];',
    caught: 'lint/complexity/useMaxParams',
  },
  {
    code: "import { other } from './other';\nexport const a = other;",
    caught: 'lint/correctness/useImportExtensions',
  },
];

const rules = [...ambient, ...style].map((rule, at) => ({
  ...rule,
  path: `server/plant-${at}.ts`,
}));

const sleep = 'setTimeout(Boolean, 1);\n';
const readClock = 'export const nowMs = (): number => Date.now() + performance.now();\n';
const convert = 'export const iso = (ms: number): string => new Date(ms).toISOString();\n';

describe('the linter', () => {
  let saidOf: (path: string) => readonly string[] = () => [];
  beforeAll(() => {
    saidOf = lint({
      ...Object.fromEntries(rules.map(({ path, code }) => [path, code])),
      'server/other.ts': 'export const other = 1;\n',
      'server/notKebab.ts': 'export const other = 1;\n',
      'server/convert.ts': convert,
      'server/clock.ts': readClock,
      'runtime/clock.ts': readClock,
      'tests/core/sleep.test.ts': sleep,
    });
  });

  test.each(rules)('does not let through: $code', ({ path, caught }) => {
    expect(saidOf(path)).toContain(caught);
  });

  test('lets runtime/clock.ts read the machine’s clock, and no other file', () => {
    expect(saidOf('runtime/clock.ts')).toEqual([]);
    expect(saidOf('server/clock.ts').toSorted()).toEqual([global, time].toSorted());
  });

  test('lets a given instant be converted', () => {
    expect(saidOf('server/convert.ts')).toEqual([]);
  });

  test('does not let a test sleep', () => {
    expect(saidOf('tests/core/sleep.test.ts')).toContain(global);
  });

  test('does not let through a file name that is not in kebab-case', () => {
    expect(saidOf('server/notKebab.ts')).toContain('lint/style/useFilenamingConvention');
  });
});
