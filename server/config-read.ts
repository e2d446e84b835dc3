import * as z from 'zod';
import { ok, type Result, refuse } from '#schemas/result.ts';
import type { ConfigIssue, ConfigProblem } from './config.ts';
import { type Settings, settingsSchema } from './config-settings.ts';

const ENVIRONMENT_PREFIX = 'TIENG_LANG_';

/** What a configuration is read from. `file` is the parsed JSON of the one file, if there is one. */
export interface ConfigSources {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly file: unknown;
}

/** `httpPort` as `TIENG_LANG_HTTP_PORT`. */
export const settingToVariable = (setting: string): string =>
  ENVIRONMENT_PREFIX + setting.replaceAll(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();

const fileSchema = z.object({ server: z.record(z.string(), z.unknown()).default({}) });

/**
 * The settings as given, each checked by itself; the environment goes before the file. Errors:
 * configurationInvalid with every mistake at once.
 */
export const readSettings = (sources: ConfigSources): Result<Settings, ConfigProblem> => {
  const file = fileSchema.safeParse(sources.file ?? {});
  const given: Record<string, unknown> = file.success ? { ...file.data.server } : {};
  for (const setting of Object.keys(settingsSchema.shape)) {
    const value = sources.environment[settingToVariable(setting)];
    if (value !== undefined && value !== '') given[setting] = value;
  }
  const settings = settingsSchema.safeParse(given);
  const issues = [...issuesOf(file.error, () => `${ENVIRONMENT_PREFIX}CONFIG`)];
  issues.push(...issuesOf(settings.error, settingToVariable));
  return settings.success && issues.length === 0
    ? ok(settings.data)
    : refuse({ code: 'configurationInvalid', issues });
};

const issuesOf = (error: z.ZodError | undefined, nameOf: (path: string) => string): ConfigIssue[] =>
  (error?.issues ?? []).flatMap((issue) => {
    const names = issue.code === 'unrecognized_keys' ? issue.keys : [String(issue.path[0] ?? '')];
    return names.map((name) => ({ setting: nameOf(name), issue: issue.message }));
  });
