import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { ProblemOf } from '#schemas/problem.ts';
import { ok, type Result, refuse } from '#schemas/result.ts';
import type { ConfigProblem, ServerConfig } from './config.ts';
import { deriveConfig } from './config-derive.ts';
import { readSettings } from './config-read.ts';

const FILE_VARIABLE = 'TIENG_LANG_CONFIG';

/**
 * The configuration from the environment and, if `TIENG_LANG_CONFIG` names one, from a JSON file.
 * Relative paths count from the file's folder, or from `folder` without a file. Errors:
 * fileUnreadable, configurationInvalid with every mistake at once.
 */
export const loadConfig = async (
  environment: Readonly<Record<string, string | undefined>>,
  folder: string,
): Promise<Result<ServerConfig, ConfigProblem | ProblemOf<'fileUnreadable'>>> => {
  const name = environment[FILE_VARIABLE] ?? '';
  const path = name === '' ? undefined : resolve(folder, name);
  const file = path === undefined ? ok(undefined) : await readJsonFile(path);
  if (!file.ok) return file;
  const settings = readSettings({ environment, file: file.value });
  if (!settings.ok) return settings;
  return deriveConfig(settings.value, path === undefined ? folder : dirname(path));
};

const readJsonFile = async (
  path: string,
): Promise<Result<unknown, ConfigProblem | ProblemOf<'fileUnreadable'>>> => {
  try {
    return ok(JSON.parse(await readFile(path, 'utf8')));
  } catch (error) {
    if (!(error instanceof SyntaxError)) return refuse({ code: 'fileUnreadable', path });
    const issues = [{ setting: FILE_VARIABLE, issue: error.message }];
    return refuse({ code: 'configurationInvalid', issues });
  }
};
