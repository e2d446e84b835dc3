import { join, resolve } from 'node:path';
import * as z from 'zod';
import { isKnownZone } from '#runtime/day-table.ts';
import type { Daypart } from '#schemas/primitives.ts';
import type { ProblemOf } from '#schemas/problem.ts';
import { ok, type Result, refuse } from '#schemas/result.ts';
import { type Settings, settingsSchema } from './config-settings.ts';

const ENVIRONMENT_PREFIX = 'TIENG_LANG_';

/** Where the broker is; inside this process unless a URL says otherwise. */
export type BrokerConfig =
  | { readonly kind: 'embedded'; readonly host: string; readonly port: number }
  | {
      readonly kind: 'external';
      readonly url: string;
      readonly username: string;
      readonly password: string;
    };

/** Where clips are kept. */
export type ClipStoreConfig =
  | { readonly kind: 'folder'; readonly path: string }
  | {
      readonly kind: 's3';
      readonly bucket: string;
      readonly endpoint: string;
      readonly region: string;
      readonly accessKeyId: string;
      readonly secretAccessKey: string;
    };

/**
 * All that the server needs to know before it starts. A public URL of null is derived from the
 * address that the server then listens on.
 */
export interface ServerConfig {
  readonly dataFolder: string;
  readonly databasePath: string;
  readonly keyPath: string;
  readonly secretPath: string;
  readonly workFolder: string;
  readonly http: {
    readonly host: string;
    readonly port: number;
    readonly publicUrl: string | null;
  };
  readonly broker: BrokerConfig;
  readonly brokerPublicUrl: string | null;
  readonly clips: ClipStoreConfig;
  readonly maxUploadBytes: number;
  readonly starter: {
    /** Null is the one that comes with the program. */
    readonly folder: string | null;
    readonly slug: string | null;
    readonly zone: string | null;
    /** In place of the pack's; the interlock itself is the speaker's and has no switch. */
    readonly quietHours: readonly Daypart[] | null;
    readonly fourEyes: boolean | null;
  };
  readonly logLevel: Settings['logLevel'];
}

/** What a configuration is read from. `file` is the parsed JSON of the one file, if there is one. */
export interface ConfigSources {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly file: unknown;
}

export type ConfigProblem = ProblemOf<'configurationInvalid'>;
type Issue = ConfigProblem['issues'][number];

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

const issuesOf = (error: z.ZodError | undefined, nameOf: (path: string) => string): Issue[] =>
  (error?.issues ?? []).flatMap((issue) => {
    const names = issue.code === 'unrecognized_keys' ? issue.keys : [String(issue.path[0] ?? '')];
    return names.map((name) => ({ setting: nameOf(name), issue: issue.message }));
  });

/** Addresses that stand for every one of the machine's own. */
const everyAddress = new Set(['0.0.0.0', '::']);

const brokerSettings = ['brokerUsername', 'brokerPassword'] as const;
const s3Settings = ['s3Endpoint', 's3AccessKeyId', 's3SecretAccessKey'] as const;

/** What is wrong with the settings taken together, by setting. */
const contradictions = (settings: Settings): Issue[] => {
  const issues: Issue[] = [];
  const say = (setting: keyof Settings, issue: string) =>
    issues.push({ setting: settingToVariable(setting), issue });
  const embedded = settings.brokerUrl === undefined;
  if (everyAddress.has(settings.httpHost) && settings.httpPublicUrl === undefined) {
    say('httpPublicUrl', 'needed');
  }
  if (embedded && everyAddress.has(settings.mqttHost) && settings.mqttPublicUrl === undefined) {
    say('mqttPublicUrl', 'needed');
  }
  const needed = embedded ? [] : brokerSettings;
  for (const setting of settings.s3Bucket === undefined ? needed : [...needed, ...s3Settings]) {
    if (settings[setting] === undefined) say(setting, 'needed');
  }
  if (settings.s3Bucket !== undefined && settings.clipFolder !== undefined) {
    say('clipFolder', 'excludedByS3Bucket');
  }
  if (settings.starterZone !== undefined && !isKnownZone(settings.starterZone)) {
    say('starterZone', 'unknown');
  }
  return issues;
};

/**
 * The configuration that follows from the settings; relative paths count from `folder`. Errors:
 * configurationInvalid with every contradiction at once.
 */
export const deriveConfig = (
  settings: Settings,
  folder: string,
): Result<ServerConfig, ConfigProblem> => {
  const issues = contradictions(settings);
  if (issues.length > 0) return refuse({ code: 'configurationInvalid', issues });
  const dataFolder = resolve(folder, settings.dataFolder);
  return ok({
    dataFolder,
    databasePath: join(dataFolder, 'tieng-lang.sqlite'),
    keyPath: join(dataFolder, 'site-key.pem'),
    secretPath: join(dataFolder, 'sign-in-secret'),
    workFolder: join(dataFolder, 'work'),
    http: {
      host: settings.httpHost,
      port: settings.httpPort,
      publicUrl: settings.httpPublicUrl ?? null,
    },
    broker: deriveBroker(settings),
    brokerPublicUrl: settings.mqttPublicUrl ?? settings.brokerUrl ?? null,
    clips: deriveClips(settings, folder, dataFolder),
    maxUploadBytes: settings.maxUploadBytes,
    starter: deriveStarter(settings, folder),
    logLevel: settings.logLevel,
  });
};

const deriveBroker = (settings: Settings): BrokerConfig => {
  const { brokerUrl: url, brokerUsername: username, brokerPassword: password } = settings;
  return url === undefined || username === undefined || password === undefined
    ? { kind: 'embedded', host: settings.mqttHost, port: settings.mqttPort }
    : { kind: 'external', url, username, password };
};

const deriveClips = (settings: Settings, folder: string, dataFolder: string): ClipStoreConfig => {
  const { s3Bucket: bucket, s3Endpoint: endpoint, s3Region: region } = settings;
  const { s3AccessKeyId: accessKeyId, s3SecretAccessKey: secretAccessKey, clipFolder } = settings;
  const isComplete = bucket !== undefined && endpoint !== undefined;
  if (isComplete && accessKeyId !== undefined && secretAccessKey !== undefined) {
    return { kind: 's3', bucket, endpoint, region, accessKeyId, secretAccessKey };
  }
  const path = clipFolder === undefined ? join(dataFolder, 'clips') : resolve(folder, clipFolder);
  return { kind: 'folder', path };
};

const deriveStarter = (settings: Settings, folder: string): ServerConfig['starter'] => ({
  folder: settings.starterFolder === undefined ? null : resolve(folder, settings.starterFolder),
  slug: settings.starterSlug ?? null,
  zone: settings.starterZone ?? null,
  quietHours: settings.starterQuietHours ?? null,
  fourEyes: settings.fourEyes ?? null,
});
