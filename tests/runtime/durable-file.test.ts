import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { writeFileDurably } from '#runtime/durable-file.ts';

describe('a durable file', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'durable-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  test('holds the new bytes, leaves no temporary file, and is for its owner alone', async () => {
    const path = join(folder, 'deep', 'pointer.json');
    await writeFileDurably(path, 'one');
    await writeFileDurably(path, 'two');
    expect(await readFile(path, 'utf8')).toBe('two');
    expect(await readdir(join(folder, 'deep'))).toEqual(['pointer.json']);
  });

  test('that cannot be written leaves nothing half-done behind', async () => {
    await mkdir(join(folder, 'pointer.json'));
    await expect(writeFileDurably(join(folder, 'pointer.json'), 'new')).rejects.toThrow();
    expect(await readdir(folder)).toEqual(['pointer.json']);
    expect(await readdir(join(folder, 'pointer.json'))).toEqual([]);
  });
});
