import { resolve } from 'node:path';
import * as z from 'zod';
import { enrolmentCodeSchema } from '#schemas/enrolment.ts';
import type { ProblemOf } from '#schemas/problem.ts';
import { ok, type Result, refuse } from '#schemas/result.ts';
import { isFingerprint } from './find-authority.ts';
import { CAPTURE_SOURCE } from './sound/capture-level.ts';

const ENVIRONMENT_PREFIX = 'TIENG_LANG_AGENT_';
const textSchema = z.string().min(1).max(500);
/** What is held back longer is no loudspeaker's path. */
const MAX_LATENCY_MS = 2_000;
/** Valves that are cold need less. */
const MAX_WARM_UP_MS = 120_000;
/** A program and its words; as one text they are parted by blanks, and no shell reads them. */
const wordsSchema = z
  .union([z.array(textSchema), z.string().transform((text) => text.split(/\s+/).filter(Boolean))])
  .pipe(z.array(textSchema).max(32));
const GIBIBYTE = 1_073_741_824;
/** A month's report is made from what the speaker still has of that month. */
const MIN_RETENTION_DAYS = 62;

/**
 * Every setting of the agent. In the environment `maxCacheBytes` is
 * `TIENG_LANG_AGENT_MAX_CACHE_BYTES`; in the file it stands under `agent`. `audioOutput` and
 * `audioDevice` are mpv's `--ao` and `--audio-device`; `audioCapture`, as `pulse:SOURCE`, is where
 * the sound is listened to, so that a silent speaker is not taken for a sounding one;
 * `audioLatencyMs` is what the device behind the output holds back. `amplifierBefore` and
 * `amplifierAfter` are commands around sound. Below `stickFolder` the system
 * mounts USB sticks. With `serverUrl` and
 * `enrolCode` a speaker that has no identity yet gets one at its first start; `serverCa` is the file
 * or the fingerprint of who vouches for the server. `systemTime` says whether the system's clock is
 * believed while a service sets it by the network's time. `statusPort` is where the page for the
 * technician is shown on 127.0.0.1.
 */
export const settingsSchema = z.strictObject({
  folder: textSchema.default('.var/agent'),
  serverUrl: z.url({ protocol: /^https?$/ }).optional(),
  enrolCode: enrolmentCodeSchema.optional(),
  serverCa: textSchema.optional(),
  audioOutput: textSchema.optional(),
  audioDevice: textSchema.optional(),
  audioCapture: z.string().max(500).regex(CAPTURE_SOURCE).optional(),
  audioLatencyMs: z.coerce.number().int().min(0).max(MAX_LATENCY_MS).default(0),
  amplifierBefore: wordsSchema.default([]),
  amplifierAfter: wordsSchema.default([]),
  amplifierWarmUpMs: z.coerce.number().int().min(0).max(MAX_WARM_UP_MS).default(0),
  mpvPath: textSchema.optional(),
  stickFolder: textSchema.optional(),
  maxCacheBytes: z.coerce
    .number()
    .int()
    .min(GIBIBYTE / 16)
    .default(8 * GIBIBYTE),
  logRetentionDays: z.coerce.number().int().min(MIN_RETENTION_DAYS).default(400),
  statusPort: z.union([z.literal('off'), z.coerce.number().int().min(1).max(65_535)]).default(7380),
  systemTime: z.enum(['trust', 'ignore']).default('trust'),
  logLevel: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
});

/** All that the agent needs to know before it starts; `folder` is absolute. */
export type AgentConfig = z.infer<typeof settingsSchema>;

export type ConfigProblem = ProblemOf<'configurationInvalid'>;
type Issue = ConfigProblem['issues'][number];

/** What a configuration is read from. `file` is the parsed JSON of the one file, if there is one. */
export interface ConfigSources {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly file: unknown;
}

const fileSchema = z.object({ agent: z.record(z.string(), z.unknown()).default({}) });

/** `maxCacheBytes` as `TIENG_LANG_AGENT_MAX_CACHE_BYTES`. */
export const settingToVariable = (setting: string): string =>
  ENVIRONMENT_PREFIX + setting.replaceAll(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();

/**
 * The agent's configuration; the environment goes before the file, and relative paths count from
 * `workingFolder`. Errors: configurationInvalid with every mistake at once.
 */
export const readAgentConfig = (
  sources: ConfigSources,
  workingFolder: string,
): Result<AgentConfig, ConfigProblem> => {
  const file = fileSchema.safeParse(sources.file ?? {});
  const given: Record<string, unknown> = file.success ? { ...file.data.agent } : {};
  for (const setting of Object.keys(settingsSchema.shape)) {
    const value = sources.environment[settingToVariable(setting)];
    if (value !== undefined && value !== '') given[setting] = value;
  }
  const settings = settingsSchema.safeParse(given);
  const issues = [...issuesOf(file.error, () => 'TIENG_LANG_CONFIG')];
  issues.push(...issuesOf(settings.error, settingToVariable));
  return settings.success && issues.length === 0
    ? ok(withPaths(settings.data, workingFolder))
    : refuse({ code: 'configurationInvalid', issues });
};

const withPaths = (settings: AgentConfig, workingFolder: string): AgentConfig => {
  const { folder, serverCa, stickFolder } = settings;
  const isFile = serverCa !== undefined && !isFingerprint(serverCa);
  return {
    ...settings,
    folder: resolve(workingFolder, folder),
    ...(stickFolder !== undefined && { stickFolder: resolve(workingFolder, stickFolder) }),
    ...(isFile && { serverCa: resolve(workingFolder, serverCa) }),
  };
};

const issuesOf = (error: z.ZodError | undefined, nameOf: (path: string) => string): Issue[] =>
  (error?.issues ?? []).flatMap((issue) => {
    const names = issue.code === 'unrecognized_keys' ? issue.keys : [String(issue.path[0] ?? '')];
    return names.map((name) => ({ setting: nameOf(name), issue: issue.message }));
  });
