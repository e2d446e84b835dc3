import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readLines } from '#runtime/read-lines.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const MAX_BYTES = 100;
/** More than one piece of a file stream. */
const BIG = 70_000;

const linesOf = async (content: string) => {
  const path = join(await temporaryFolder(), 'lines');
  await writeFile(path, content);
  return Array.fromAsync(readLines(path, MAX_BYTES));
};

test.each([
  { why: 'an empty file has no line', content: '', lines: [] },
  { why: 'the last line may lack its end', content: 'a\nb', lines: ['a', 'b'] },
  { why: 'a line may be empty', content: 'a\n\nb\n', lines: ['a', '', 'b'] },
  {
    why: 'a line of exactly the most bytes is read',
    content: `${'x'.repeat(MAX_BYTES)}\nb\n`,
    lines: ['x'.repeat(MAX_BYTES), 'b'],
  },
  {
    why: 'a line one byte longer is none, and the next one is read',
    content: `${'x'.repeat(MAX_BYTES + 1)}\nb\n`,
    lines: [null, 'b'],
  },
  {
    why: 'a byte order mark is no part of the first line, and stays where it begins another',
    content: '\uFEFFa\n\uFEFFb\n',
    lines: ['a', '\uFEFFb'],
  },
  { why: 'one endless line is none', content: 'x'.repeat(BIG * 3), lines: [null] },
])('$why', async ({ content, lines }) => {
  expect(await linesOf(content)).toEqual(lines);
});

test('Vietnamese letters survive wherever the file is cut into pieces', async () => {
  const lines = Array.from({ length: BIG / 10 }, (_, index) => `đợt cao điểm ${index}`);
  expect(await linesOf(lines.join('\n'))).toEqual(lines);
});
