import { beforeAll, describe, expect, test } from 'vitest';
import { packageRules } from '../../bootstrap/arrows/packages.mjs';
import { roomRules } from '../../bootstrap/arrows/rooms.mjs';
import { serverRules } from '../../bootstrap/arrows/server.mjs';
import { webRules } from '../../bootstrap/arrows/web.mjs';
import { lawfulImports, type PlantedImport, plantedImports } from './planted-imports.ts';
import { inPlantedTree, type Plants, rooms, root } from './planted-tree.ts';
import { runTool } from './run-tool.ts';

const cruiser = 'dependency-cruiser/bin/dependency-cruiser.mjs';
type Violation = { readonly from: string; readonly rule: { readonly name: string } };
type Summary = { readonly totalCruised: number; readonly violations: readonly Violation[] };

const cruise = (folder: string): Summary => {
  const { output } = runTool(folder, cruiser, ['--output-type', 'json', ...rooms]);
  const report: { summary: Summary } = JSON.parse(output);
  return report.summary;
};

const leaves = [
  ...['schemas', 'core', 'runtime', 'content', 'server', 'player-agent', 'cli', 'tests/support'],
  ...['web/app', 'web/shared', 'web/features/today', 'web/features/users'],
  ...['services', 'ports', 'db', 'http', 'mqtt', 'reports'].map((name) => `server/${name}`),
].map((folder) => `${folder}/leaf.ts`);
const leafText = 'export const leaf = 1;\nexport type Leaf = typeof leaf;\n';
const leafPlants = Object.fromEntries(
  [...leaves, 'server/compose.ts', 'server/http/app.ts'].map((path) => [path, leafText]),
);

const importText = ({ to, typeOnly }: Omit<PlantedImport, 'rule'>): string =>
  typeOnly
    ? `import type * as planted from '${to}';\nexport type A = typeof planted;\n`
    : `import '${to}';\n`;

const plantsOf = (imports: readonly Omit<PlantedImport, 'rule'>[]): Plants => ({
  ...leafPlants,
  ...Object.fromEntries(imports.map((planted) => [planted.from, importText(planted)])),
});

/** What the planted circle closes over. */
const otherHalf: Plants = { 'core/other-half.ts': "import './circle.ts';\n" };

describe('a forbidden import', () => {
  let found: readonly string[] = [];
  beforeAll(() => {
    found = inPlantedTree({ ...plantsOf(plantedImports), ...otherHalf }, cruise).violations.map(
      ({ from, rule }) => `${from} ${rule.name}`,
    );
  });

  test.each(plantedImports)('of $to in $from is caught by $rule', ({ from, rule }) => {
    expect(found).toContain(`${from} ${rule}`);
  });
});

const rules = [...roomRules, ...serverRules, ...webRules, ...packageRules];

test.each(rules)('the rule $name is seen to catch something', ({ name }) => {
  expect(plantedImports.map(({ rule }) => rule)).toContain(name);
});

test.each(rules)('the rule $name says what to do instead', ({ comment }) => {
  expect(comment.length).toBeGreaterThan(20);
});

test('what the house needs is allowed', () => {
  const { violations } = inPlantedTree(plantsOf(lawfulImports), cruise);
  expect(violations.map(({ from, rule }) => `${from} ${rule.name}`)).toEqual([]);
});

test('the arrows of the project itself are read, not passed over', () => {
  expect(cruise(root).totalCruised).toBeGreaterThan(50);
});
