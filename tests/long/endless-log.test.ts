import { spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { expect, test } from 'vitest';
import { judgedCommune } from '#tests/bench/judged-commune.ts';
import { temporaryFolder } from '#tests/support/temporary-folder.ts';

const RECORDS = 10_000_000;
const MOST_LINES = 500_000;
/** What the program may use of memory for its own values: less than Node gives it by default. */
const MAX_HEAP_MB = 900;
const TIMEOUT_MS = 900_000;

const main = join(import.meta.dirname, '..', '..', 'cli', 'main.ts');
const { rules, units, speakers } = judgedCommune({ villages: 1, speakersAVillage: 1, days: 30 });

/** The records of one speaker over and over, as somebody could send them. */
function* endless(): Generator<string> {
  const lines = (speakers[0]?.log ?? []).map((record) => `${JSON.stringify(record)}\n`);
  for (let count = 0; count < RECORDS; count += lines.length) yield lines.join('');
}

const judgeStandardInput = async (log: Iterable<string>) => {
  const folder = await temporaryFolder();
  await writeFile(join(folder, 'rules'), JSON.stringify({ rules, caps: [] }));
  const stays = speakers.map((one) => ({ speaker: one.speaker, stays: one.stays }));
  const site = { zone: 'Asia/Ho_Chi_Minh', units, speakers: stays };
  await writeFile(join(folder, 'units'), JSON.stringify(site));
  const words = ['judge', '--rules', 'rules', '--units', 'units', '--log', '/dev/stdin'];
  const options = ['--unsigned', '--at', '2026-04-01T00:00:00+07:00'];
  const node = [process.execPath, `--max-old-space-size=${MAX_HEAP_MB}`];
  // What Node gives to a child is a socket, which cannot be opened by a path; what `cat` gives is a pipe.
  const child = spawn('sh', ['-c', 'cat | "$0" "$@"', ...node, main, ...words, ...options], {
    cwd: folder,
  });
  const ended = new Promise<number | null>((resolve) => {
    child.once('exit', resolve);
  });
  // A program that has refused reads no more.
  const sent = pipeline(Readable.from(log), child.stdin).catch(() => undefined);
  const [output, errors] = await Promise.all([text(child.stdout), text(child.stderr)]);
  await sent;
  return { status: await ended, output, errors };
};

test('ten million records are refused with the bound, and within its memory', {
  timeout: TIMEOUT_MS,
}, async () => {
  const { status, output, errors } = await judgeStandardInput(endless());
  expect(status, errors).toBe(2);
  expect(output).toBe('');
  expect(JSON.parse(errors.trim().split('\n').at(-1) ?? '')).toEqual({
    code: 'logFileTooLong',
    path: '/dev/stdin',
    most: MOST_LINES,
  });
});
