import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { temporaryFolder } from '#tests/support/temporary-folder.ts';

const TIMEOUT_MS = 600_000;
const root = join(import.meta.dirname, '..', '..');
const run = promisify(execFile);

/** The hash that stands beside a release. */
const releasedHash = async (): Promise<string> => {
  const folder = await temporaryFolder();
  await run(process.execPath, ['bootstrap/release.mjs', '--out', folder], { cwd: root });
  const name = (await readdir(folder)).find((each) => each.endsWith('.sha256')) ?? '';
  return (await readFile(join(folder, name), 'utf8')).split(' ')[0] ?? '';
};

test(
  'equal sources give the same executable, byte for byte',
  async () => {
    const first = await releasedHash();
    expect(first).toMatch(/^[0-9a-f]{64}$/);
    expect(await releasedHash()).toBe(first);
  },
  TIMEOUT_MS,
);
