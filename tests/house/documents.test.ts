import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { rooms, root } from './planted-tree.ts';

const documents = globSync(['*.md', 'docs/**/*.md'], { cwd: root }).sort();
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

const folders = [...rooms, 'docs', 'deploy', '.ci'];
/** A path below one of our folders, or the bare name of a file. */
const pathPattern = new RegExp(
  `^(?:(?:${folders.join('|')})/[\\w./-]*|[\\w-]+\\.(?:md|json|ts|mjs|yml|conf))$`,
);
const bareNames = new Set([
  ...globSync('*', { cwd: root }),
  ...globSync(
    folders.map((folder) => `${folder}/**/*`),
    { cwd: root },
  ).map((path) => basename(path)),
  // Written at run time.
  'dynamic-security.json',
]);
const exists = (path: string): boolean =>
  path.includes('/') ? existsSync(join(root, path)) : bareNames.has(path);

const codeIn = (text: string): readonly string[] =>
  [...text.matchAll(/`([^`\n]+)`/g)].map(([, code = '']) => code);
const linksIn = (text: string): readonly string[] =>
  [...text.matchAll(/\]\(([^)#]+)[^)]*\)/g)].map(([, link = '']) => link);

const packageSchema = z.object({
  scripts: z.record(z.string(), z.string()),
  dependencies: z.record(z.string(), z.string()),
  devDependencies: z.record(z.string(), z.string()),
  optionalDependencies: z.record(z.string(), z.string()),
});
const manifest = packageSchema.parse(JSON.parse(read('package.json')));

test('the documents that a newcomer needs are there', () => {
  const needed = ['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'docs/dependencies.md'];
  expect(documents).toEqual(expect.arrayContaining(needed));
});

test('every decision has a number of its own, which its title repeats', () => {
  const decisions = globSync('docs/adr/*.md', { cwd: root });
  const numbers = decisions.map((path) => basename(path).slice(0, 4));
  expect(numbers.length).toBe(new Set(numbers).size);
  for (const path of decisions) expect(read(path)).toMatch(`# ${basename(path).slice(0, 4)} `);
});

describe.each(documents)('%s', (document) => {
  const text = read(document);

  test('names only files that exist', () => {
    const named = codeIn(text).filter((code) => pathPattern.test(code));
    expect(named.filter((path) => !exists(path))).toEqual([]);
  });

  test('links only to files that exist', () => {
    const links = linksIn(text).filter((link) => !link.includes(':'));
    expect(links.filter((link) => !existsSync(join(root, dirname(document), link)))).toEqual([]);
  });

  test('names only commands that exist', () => {
    const named = [...text.matchAll(/npm run (?:-s )?([\w:]+)/g)].map(([, name = '']) => name);
    expect(named.filter((name) => !(name in manifest.scripts))).toEqual([]);
  });
});

describe('docs/dependencies.md', () => {
  const direct = {
    ...manifest.dependencies,
    ...manifest.devDependencies,
    ...manifest.optionalDependencies,
  };
  const rows = read('docs/dependencies.md')
    .split('\n')
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .filter((cells) => /^`[^`]+`$/.test(cells[1] ?? ''))
    .map(([, name = '', , licence = '', why = '']) => ({ name: name.slice(1, -1), licence, why }));

  test('names each direct dependency once, and no other', () => {
    expect(rows.map(({ name }) => name).sort()).toEqual(Object.keys(direct).sort());
  });

  const lock = JSON.parse(read('package-lock.json'));

  test.each(rows)('knows the licence of $name and why it is there', ({ name, licence, why }) => {
    expect(licence).toBe(lock.packages[`node_modules/${name}`].license);
    expect(why).not.toBe('');
  });
});

test('versions are exact, so that a fresh clone is the tree that was tested', () => {
  for (const version of [
    ...Object.values(manifest.dependencies),
    ...Object.values(manifest.devDependencies),
    ...Object.values(manifest.optionalDependencies),
  ]) {
    expect(version).toMatch(/^(npm:[\w@/-]+@)?\d+\.\d+\.\d+$/);
  }
});
