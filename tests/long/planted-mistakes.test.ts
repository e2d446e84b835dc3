import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PART_NUMBERS } from '#core/airtime/boot-parts.ts';
import { type Mistake, mistakes } from './support/planted-mistakes.ts';

const run = promisify(execFile);
const root = join(import.meta.dirname, '..', '..');
const TIMEOUT_MS = 600_000;
const MOST_CASES = 20_000;
const SEED = 20_260_302;
/** How many cases a judge without a mistake is held against, so that the comparison is not itself wrong. */
const CASES_WITHOUT_MISTAKE = 500;

let folder = '';

/** A tree in which only `core` and what holds it against the naive judge are copies. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'planted-mistakes-'));
  const name = join('tests', 'core', 'airtime');
  for (const copied of ['package.json', 'core', join(name, 'naive'), join(name, 'support')]) {
    await cp(join(root, copied), join(folder, copied), { recursive: true });
  }
  for (const same of ['schemas', 'runtime', 'node_modules']) {
    await symlink(join(root, same), join(folder, same));
  }
});

afterAll(() => rm(folder, { recursive: true, force: true }));

const verdictOn = async (cases: number): Promise<string> => {
  const program = join(import.meta.dirname, 'processes', 'hold-naive-against.ts');
  const { stdout } = await run(process.execPath, [program, folder, `${cases}`, `${SEED}`]);
  return stdout;
};

/** What the naive judge says when one line of the copy reads otherwise. */
const verdictWith = async ({ file, right, wrong }: Mistake, cases: number): Promise<string> => {
  const path = join(folder, 'core', 'airtime', file);
  const text = await readFile(path, 'utf8');
  expect(text.split(right)).toHaveLength(2);
  await writeFile(
    path,
    text.replace(right, () => wrong),
  );
  try {
    return await verdictOn(cases);
  } finally {
    await writeFile(path, text);
  }
};

describe('the naive judge', { timeout: TIMEOUT_MS }, () => {
  test('agrees with the copy as long as no mistake is planted', async () => {
    expect(await verdictOn(CASES_WITHOUT_MISTAKE)).toBe('agreed');
  });

  test('agrees with the copy that cuts boots into parts of three numbers', async () => {
    const short = { file: 'boot-parts.ts', right: `${PART_NUMBERS};`, wrong: '3;' };
    expect(await verdictWith(short, MOST_CASES)).toBe('agreed');
  });

  test.each(mistakes)('catches “$wrong” for “$right” in $file', async (mistake) => {
    expect(await verdictWith(mistake, MOST_CASES)).toBe('caught');
  });
});
