import { join, resolve } from 'node:path';
import { isKnownZone } from '#runtime/day-table.ts';
import { ok, type Result, refuse } from '#schemas/result.ts';
import type {
  BrokerConfig,
  ClipStoreConfig,
  ConfigIssue,
  ConfigProblem,
  ServerConfig,
} from './config.ts';
import { settingToVariable } from './config-read.ts';
import type { Settings } from './config-settings.ts';

/** Addresses that stand for every one of the machine's own. */
const everyAddress = new Set(['0.0.0.0', '::']);

/** Where `npm run build:web` leaves the console. */
const BUILT_CONSOLE_FOLDER = join(import.meta.dirname, '..', 'web', 'dist');

const brokerSettings = ['brokerUsername', 'brokerPassword'] as const;
const s3Settings = ['s3Endpoint', 's3AccessKeyId', 's3SecretAccessKey'] as const;

/** What is wrong with the settings taken together, by setting. */
const contradictions = (settings: Settings): ConfigIssue[] => {
  const issues: ConfigIssue[] = [];
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
    consoleFolder:
      settings.consoleFolder === undefined
        ? BUILT_CONSOLE_FOLDER
        : resolve(folder, settings.consoleFolder),
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
