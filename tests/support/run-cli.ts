import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

const main = join(import.meta.dirname, '..', '..', 'cli', 'main.ts');

export interface CliRun {
  readonly status: number | null;
  readonly output: string;
  readonly errors: string;
}

export interface CliOptions {
  readonly environment?: Readonly<Record<string, string>>;
  readonly input?: string;
  readonly folder?: string;
  /** Words to run it with, as on another machine. */
  readonly before?: readonly string[];
}

/** Runs `tieng-lang WORDS` as a process of its own, in English unless the environment says otherwise. */
export const runCli = async (
  words: readonly string[],
  { environment = {}, input = '', folder = process.cwd(), before = [] }: CliOptions = {},
): Promise<CliRun> => {
  const [program = '', ...rest] = [...before, process.execPath, main, ...words];
  const child = spawn(program, rest, {
    cwd: folder,
    env: { ...process.env, TIENG_LANG_LANGUAGE: 'en', ...environment },
  });
  child.stdin.end(input);
  const ended = new Promise<number | null>((resolve) => {
    child.once('exit', resolve);
  });
  const [output, errors] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { status: await ended, output, errors };
};
