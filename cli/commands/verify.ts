import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { printJson, REFUSED_STATUS, reportProblem } from '../outcome.ts';
import { text } from '../text.ts';

/** The key itself, or what stands in the file of that name. */
const readKey = async (key: string): Promise<string> => {
  try {
    return (await readFile(key, 'utf8')).trim();
  } catch {
    // No such file: the words are the key.
    return key.trim();
  }
};

const verify = async (logs: string[], { key }: { readonly key: string }): Promise<void> => {
  const { verifyLogFiles } = await import('#runtime/verify-log-file.ts');
  const verified = await verifyLogFiles(logs, await readKey(key));
  if (verified.ok) return printJson({ verified: true, ...verified.value });
  const { path, line, problem } = verified.problem;
  if (line > 0) process.stderr.write(`${text('verifyLine', { line, path })}\n`);
  reportProblem(problem);
  process.exitCode = line > 0 ? 1 : REFUSED_STATUS;
};

/** `verify LOG… --key K`: finds the first altered, missing, repeated or reordered record. */
export const addVerifyCommand = (program: Command): void => {
  program
    .command('verify')
    .argument('<log...>', text('verifyLog'))
    .requiredOption('--key <key>', text('verifyKey'))
    .description(text('verify'))
    .action(verify);
};
