import { readFile } from 'node:fs/promises';
import { writeFileDurably } from '#runtime/durable-file.ts';
import type { ProblemOf } from '#schemas/problem.ts';
import { ok, type Result, refuse } from '#schemas/result.ts';

export type SecretFileProblem = ProblemOf<'keyUnreadable' | 'folderNotWritable' | 'diskFull'>;

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : '';

/**
 * The text of a secret file; at the first call it is made by `make` and kept durably, readable by
 * its owner alone. Errors: keyUnreadable, folderNotWritable, diskFull.
 */
export const readOrMakeSecret = async (
  path: string,
  make: () => string | Promise<string>,
): Promise<Result<string, SecretFileProblem>> => {
  try {
    return ok(await readFile(path, 'utf8'));
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') return refuse({ code: 'keyUnreadable', path });
  }
  const secret = await make();
  try {
    await writeFileDurably(path, secret);
    return ok(secret);
  } catch (error) {
    return refuse(writeErrorToProblem(error, path));
  }
};

const writeErrorToProblem = (error: unknown, path: string): SecretFileProblem => {
  const code = codeOf(error);
  if (code === 'ENOSPC' || code === 'EDQUOT') return { code: 'diskFull', path };
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
    return { code: 'folderNotWritable', path };
  }
  throw error;
};
