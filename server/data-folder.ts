import { access, constants, mkdir, rm } from 'node:fs/promises';
import { isDiskFull } from '#content/disk-full.ts';
import type { ProblemOf } from '#schemas/problem.ts';
import { ok, type Result, refuse } from '#schemas/result.ts';

/**
 * Makes the data folder, for its owner alone, and empties the folder of unfinished work in it; uploads stay.
 * Errors: folderNotWritable, diskFull.
 */
export const prepareDataFolder = async (
  path: string,
  { workFolder, uploadFolder }: { readonly workFolder: string; readonly uploadFolder: string },
): Promise<Result<void, ProblemOf<'folderNotWritable' | 'diskFull'>>> => {
  try {
    await mkdir(path, { recursive: true, mode: 0o700 });
    await access(path, constants.W_OK);
    await rm(workFolder, { recursive: true, force: true });
    await mkdir(workFolder, { recursive: true });
    await mkdir(uploadFolder, { recursive: true, mode: 0o700 });
    return ok(undefined);
  } catch (error) {
    if (isDiskFull(error)) return refuse({ code: 'diskFull', path });
    return refuse({ code: 'folderNotWritable', path });
  }
};
