import { join, resolve } from 'node:path';
import { isKnownZone } from '#runtime/day-table.ts';
import { ok, type Result, refuse } from '#schemas/result.ts';
import type {
  BrokerConfig,
  ClipStoreConfig,
  ConfigIssue,
  ConfigProblem,
  ServerConfig,
  TlsConfig,
} from './config.ts';
import { settingToVariable } from './config-read.ts';
import { EVERY_IPV4, LOOPBACK, type Settings } from './config-settings.ts';

/** Addresses that stand for every one of the machine's own. */
const everyAddress = new Set([EVERY_IPV4, '::']);

/** Where `npm run build:web` leaves the console. */
const BUILT_CONSOLE_FOLDER = join(import.meta.dirname, '..', 'web', 'dist');

const brokerSettings = ['brokerUsername', 'brokerPassword'] as const;
const s3Settings = ['s3Endpoint', 's3AccessKeyId', 's3SecretAccessKey'] as const;

type Rule = readonly [setting: keyof Settings, issue: string, isBroken: boolean];

/** On the local network the addresses are found out at the start. */
const addressRules = (settings: Settings): readonly Rule[] => {
  const { lan, tlsCert, tlsKey, httpHost, httpPublicUrl } = settings;
  const isBehindProxy = settings.trustedProxy !== undefined;
  const isHttpAsked = !lan && everyAddress.has(httpHost);
  return [
    ['httpPublicUrl', 'needed', (isHttpAsked || isBehindProxy) && httpPublicUrl === undefined],
    ['tlsKey', 'needed', tlsCert !== undefined && tlsKey === undefined],
    ['tlsCert', 'needed', tlsCert === undefined && tlsKey !== undefined],
    ['tlsCert', 'excludedByLan', lan && tlsCert !== undefined],
    ['httpPublicUrl', 'excludedByLan', lan && httpPublicUrl !== undefined],
    ['trustedProxy', 'excludedByLan', lan && isBehindProxy],
  ];
};

/** The address of the embedded broker follows the server's where both have one certificate. */
const brokerRules = (settings: Settings): readonly Rule[] => {
  const { lan, brokerUrl, mqttHost, mqttPublicUrl: given, httpPublicUrl } = settings;
  if (brokerUrl !== undefined) return [];
  const isSecure = isBrokerSecure(settings);
  const isNamed = lan || (isSecure && httpPublicUrl !== undefined);
  const isPlain = given !== undefined && /^(mqtt|ws):/.test(given);
  return [
    ['mqttPublicUrl', 'needed', everyAddress.has(mqttHost) && !isNamed && given === undefined],
    ['mqttPublicUrl', 'excludedByLan', lan && given !== undefined],
    ['mqttPublicUrl', 'needsTls', !lan && isSecure && isPlain],
  ];
};

const storeRules = (settings: Settings): readonly Rule[] => {
  const { brokerUrl, s3Bucket, clipFolder, starterZone } = settings;
  const needed = [
    ...(brokerUrl === undefined ? [] : brokerSettings),
    ...(s3Bucket === undefined ? [] : s3Settings),
  ];
  return [
    ...needed.map((setting): Rule => [setting, 'needed', settings[setting] === undefined]),
    ['clipFolder', 'excludedByS3Bucket', s3Bucket !== undefined && clipFolder !== undefined],
    ['starterZone', 'unknown', starterZone !== undefined && !isKnownZone(starterZone)],
  ];
};

/** What is wrong with the settings taken together, by setting. */
const contradictions = (settings: Settings): ConfigIssue[] =>
  [...addressRules(settings), ...brokerRules(settings), ...storeRules(settings)]
    .filter(([, , isBroken]) => isBroken)
    .map(([setting, issue]) => ({ setting: settingToVariable(setting), issue }));

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
    uploadFolder: join(dataFolder, 'uploads'),
    http: {
      host: hostOf(settings.httpHost, settings),
      port: settings.httpPort,
      publicUrl: settings.httpPublicUrl ?? null,
      tls: deriveTls(settings, folder, dataFolder),
      trustedProxies: settings.trustedProxy ?? [],
    },
    broker: deriveBroker(settings),
    brokerPublicUrl: settings.mqttPublicUrl ?? settings.brokerUrl ?? null,
    clips: deriveClips(settings, folder, dataFolder),
    previousClipFolder:
      settings.previousClipFolder === undefined
        ? null
        : resolve(folder, settings.previousClipFolder),
    piper: {
      command: settings.piperCommand,
      voiceFolder:
        settings.voiceFolder === undefined
          ? join(dataFolder, 'voices')
          : resolve(folder, settings.voiceFolder),
    },
    maxUploadBytes: settings.maxUploadBytes,
    consoleFolder:
      settings.consoleFolder === undefined
        ? BUILT_CONSOLE_FOLDER
        : resolve(folder, settings.consoleFolder),
    starter: deriveStarter(settings, folder),
    logLevel: settings.logLevel,
  });
};

/** On the local network the server listens on every address unless it is given another one. */
const hostOf = (host: string, { lan }: Settings): string =>
  lan && host === LOOPBACK ? EVERY_IPV4 : host;

const deriveTls = (settings: Settings, folder: string, dataFolder: string): TlsConfig => {
  const { lan, tlsCert, tlsKey } = settings;
  if (lan) return { kind: 'site', folder: dataFolder };
  return tlsCert === undefined || tlsKey === undefined
    ? { kind: 'none' }
    : { kind: 'files', certPath: resolve(folder, tlsCert), keyPath: resolve(folder, tlsKey) };
};

const deriveBroker = (settings: Settings): BrokerConfig => {
  const { brokerUrl: url, brokerUsername: username, brokerPassword: password } = settings;
  if (url !== undefined && username !== undefined && password !== undefined) {
    return { kind: 'external', url, username, password };
  }
  const { mqttPort, mqttTlsPort } = settings;
  const host = hostOf(settings.mqttHost, settings);
  return isBrokerSecure(settings)
    ? {
        kind: 'embedded',
        plain: { host: LOOPBACK, port: mqttPort },
        secure: { host, port: mqttTlsPort },
      }
    : { kind: 'embedded', plain: { host, port: mqttPort }, secure: null };
};

/** Where HTTPS is served, other machines reach the embedded broker over TLS only. */
const isBrokerSecure = (settings: Settings): boolean =>
  settings.lan || (settings.tlsCert !== undefined && !isLoopback(settings.mqttHost));

const isLoopback = (host: string): boolean =>
  /^127\./.test(host) || host === '::1' || host === 'localhost';

const deriveClips = (settings: Settings, folder: string, dataFolder: string): ClipStoreConfig => {
  const { s3Bucket: bucket, s3Endpoint: endpoint, s3Region: region } = settings;
  const { s3AccessKeyId: accessKeyId, s3SecretAccessKey: secretAccessKey, clipFolder } = settings;
  const isComplete = bucket !== undefined && endpoint !== undefined;
  if (isComplete && accessKeyId !== undefined && secretAccessKey !== undefined) {
    const publicEndpoint = settings.s3PublicEndpoint ?? endpoint;
    return { kind: 's3', bucket, endpoint, publicEndpoint, region, accessKeyId, secretAccessKey };
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
