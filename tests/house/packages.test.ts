import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { missingOptionals } from '../../bootstrap/complete-lock.mjs';
import { packagesAreInstalled } from '../../bootstrap/packages.mjs';
import { root } from './planted-tree.ts';

const folder = mkdtempSync(join(tmpdir(), 'packages-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
mkdirSync(join(folder, 'node_modules'));

const a = { 'node_modules/a': { version: '1.0.0' } };
const b = { 'node_modules/b': { version: '2.0.0' } };
const optional = { 'node_modules/only-elsewhere': { version: '3.0.0', optional: true } };

test.each([
  { why: 'nothing installed', found: undefined, installed: false },
  { why: 'all there', found: { ...a, ...b }, installed: true },
  { why: 'the optional one too', found: { ...a, ...b, ...optional }, installed: true },
  { why: 'one is missing', found: a, installed: false },
  {
    why: 'another version',
    found: { ...a, 'node_modules/b': { version: '2.0.1' } },
    installed: false,
  },
  {
    why: 'one too many',
    found: { ...a, ...b, 'node_modules/c': { version: '1.0.0' } },
    installed: false,
  },
])('packages belong to the lock file: $why → $installed', ({ found, installed }) => {
  const lock = { packages: { '': { version: '0.1.0' }, ...a, ...b, ...optional } };
  writeFileSync(join(folder, 'package-lock.json'), JSON.stringify(lock));
  const record = join(folder, 'node_modules', '.package-lock.json');
  rmSync(record, { force: true });
  if (found !== undefined) writeFileSync(record, JSON.stringify({ packages: found }));
  expect(packagesAreInstalled(folder)).toBe(installed);
});

test('the lock file holds every platform’s packages, or npm ci would refuse it', () => {
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  expect(missingOptionals(lock.packages)).toEqual([]);
});
