import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { deriveConfig } from '#server/config-derive.ts';
import { readSettings, settingToVariable } from '#server/config-read.ts';
import { settingsSchema } from '#server/config-settings.ts';

const configOf = (environment: Record<string, string>, file?: unknown) => {
  const settings = readSettings({ environment, file });
  return settings.ok ? deriveConfig(settings.value, '/srv/loa') : settings;
};

test('without any setting the server is private, embedded and below its folder', () => {
  expect(configOf({})).toMatchObject({
    ok: true,
    value: {
      dataFolder: '/srv/loa/.var/server',
      databasePath: '/srv/loa/.var/server/tieng-lang.sqlite',
      http: { host: '127.0.0.1', port: 8080, publicUrl: null, tls: { kind: 'none' } },
      broker: { kind: 'embedded', plain: { host: '127.0.0.1', port: 1883 }, secure: null },
      clips: { kind: 'folder', path: '/srv/loa/.var/server/clips' },
      maxUploadBytes: 2_147_483_648,
    },
  });
});

test('on the local network the server and its broker listen for everybody, over HTTPS', () => {
  expect(configOf({ TIENG_LANG_LAN: 'true' })).toMatchObject({
    ok: true,
    value: {
      http: { host: '0.0.0.0', tls: { kind: 'site', folder: '/srv/loa/.var/server' } },
      broker: {
        kind: 'embedded',
        plain: { host: '127.0.0.1', port: 1883 },
        secure: { host: '0.0.0.0', port: 8883 },
      },
    },
  });
});

test('with a proper authority’s certificate the broker speaks TLS to everybody else too', () => {
  const environment = {
    TIENG_LANG_TLS_CERT: 'cert.pem',
    TIENG_LANG_TLS_KEY: 'key.pem',
    TIENG_LANG_HTTP_HOST: '0.0.0.0',
    TIENG_LANG_HTTP_PUBLIC_URL: 'https://loa.example.vn',
    TIENG_LANG_MQTT_HOST: '0.0.0.0',
  };
  expect(configOf(environment)).toMatchObject({
    ok: true,
    value: { broker: { plain: { host: '127.0.0.1' }, secure: { host: '0.0.0.0', port: 8883 } } },
  });
  const plain = { ...environment, TIENG_LANG_MQTT_PUBLIC_URL: 'mqtt://loa.example.vn:1883' };
  const issues = [{ setting: 'TIENG_LANG_MQTT_PUBLIC_URL', issue: 'needsTls' }];
  expect(configOf(plain)).toEqual({ ok: false, problem: { code: 'configurationInvalid', issues } });
});

test('every setting is documented with its default', async () => {
  const page = await readFile(join(import.meta.dirname, '../../docs/configuration.md'), 'utf8');
  const rows = page.split('\n').filter((line) => line.startsWith('| `TIENG_LANG_'));
  const documented = rows.map((row) => row.split('|')[2]?.trim());
  const settings = Object.keys(settingsSchema.shape);
  expect(documented.sort()).toEqual(settings.map((name) => `\`${name}\``).sort());
  for (const [name, value] of Object.entries(settingsSchema.parse({}))) {
    const row = rows.find((text) => text.includes(`\`${settingToVariable(name)}\``));
    expect(row?.split('|')[3], name).toContain(`\`${value}\``);
  }
});

test('the environment goes before the file, and an empty variable is none', () => {
  const file = { server: { httpPort: 9000, logLevel: 'warn' }, agent: { anything: true } };
  const environment = { TIENG_LANG_HTTP_PORT: '9001', TIENG_LANG_LOG_LEVEL: '' };
  expect(configOf(environment, file)).toMatchObject({
    ok: true,
    value: { http: { port: 9001 }, logLevel: 'warn' },
  });
});

test('an outer broker and an outer clip store are taken as given', () => {
  const config = configOf({
    TIENG_LANG_BROKER_URL: 'mqtt://mosquitto:1883',
    TIENG_LANG_BROKER_USERNAME: 'server',
    TIENG_LANG_BROKER_PASSWORD: 'secret',
    TIENG_LANG_S3_BUCKET: 'clips',
    TIENG_LANG_S3_ENDPOINT: 'http://store:9000/',
    TIENG_LANG_S3_ACCESS_KEY_ID: 'id',
    TIENG_LANG_S3_SECRET_ACCESS_KEY: 'key',
  });
  expect(config).toMatchObject({
    ok: true,
    value: {
      broker: { kind: 'external', url: 'mqtt://mosquitto:1883', username: 'server' },
      brokerPublicUrl: 'mqtt://mosquitto:1883',
      clips: { kind: 's3', bucket: 'clips', endpoint: 'http://store:9000' },
    },
  });
});

test.each([
  { text: 'none', hours: [] },
  {
    text: '21:00-05:00, 12:00-13:00',
    hours: [
      { from: '21:00', to: '05:00' },
      { from: '12:00', to: '13:00' },
    ],
  },
])('the starter’s quiet hours can be "$text"', ({ text, hours }) => {
  expect(configOf({ TIENG_LANG_STARTER_QUIET_HOURS: text })).toMatchObject({
    ok: true,
    value: { starter: { quietHours: hours } },
  });
});

const mistakes: { why: string; environment: Record<string, string>; setting: string }[] = [
  {
    why: 'a port is no number',
    environment: { TIENG_LANG_HTTP_PORT: 'http' },
    setting: 'HTTP_PORT',
  },
  {
    why: 'a port is too great',
    environment: { TIENG_LANG_MQTT_PORT: '70000' },
    setting: 'MQTT_PORT',
  },
  {
    why: 'a public address is no address',
    environment: { TIENG_LANG_HTTP_PUBLIC_URL: 'loa.example' },
    setting: 'HTTP_PUBLIC_URL',
  },
  {
    why: 'everybody may call, and nobody is told where',
    environment: { TIENG_LANG_HTTP_HOST: '0.0.0.0' },
    setting: 'HTTP_PUBLIC_URL',
  },
  {
    why: 'a certificate comes without its key',
    environment: { TIENG_LANG_TLS_CERT: 'cert.pem' },
    setting: 'TLS_KEY',
  },
  {
    why: 'the site should vouch for itself and another authority too',
    environment: { TIENG_LANG_LAN: 'true', TIENG_LANG_TLS_CERT: 'c', TIENG_LANG_TLS_KEY: 'k' },
    setting: 'TLS_CERT',
  },
  {
    why: 'a proxy is trusted, and nobody knows its public address',
    environment: { TIENG_LANG_TRUSTED_PROXY: '127.0.0.1' },
    setting: 'HTTP_PUBLIC_URL',
  },
  {
    why: 'a trusted proxy is neither an address nor a subnet',
    environment: {
      TIENG_LANG_TRUSTED_PROXY: '127.0.0.1, true',
      TIENG_LANG_HTTP_PUBLIC_URL: 'https://loa.example.vn',
    },
    setting: 'TRUSTED_PROXY',
  },
  {
    why: 'quiet hours are not times',
    environment: { TIENG_LANG_STARTER_QUIET_HOURS: '9pm-5am' },
    setting: 'STARTER_QUIET_HOURS',
  },
  {
    why: 'the zone is unknown',
    environment: { TIENG_LANG_STARTER_ZONE: 'Asia/Thanh_Hoa' },
    setting: 'STARTER_ZONE',
  },
  {
    why: 'clips should be in two places',
    environment: {
      TIENG_LANG_S3_BUCKET: 'clips',
      TIENG_LANG_S3_ENDPOINT: 'http://store:9000',
      TIENG_LANG_S3_ACCESS_KEY_ID: 'id',
      TIENG_LANG_S3_SECRET_ACCESS_KEY: 'key',
      TIENG_LANG_CLIP_FOLDER: '/clips',
    },
    setting: 'CLIP_FOLDER',
  },
  {
    why: 'a key has no secret',
    environment: {
      TIENG_LANG_S3_BUCKET: 'clips',
      TIENG_LANG_S3_ENDPOINT: 'http://store:9000',
      TIENG_LANG_S3_ACCESS_KEY_ID: 'id',
    },
    setting: 'S3_SECRET_ACCESS_KEY',
  },
  {
    why: 'an outer broker comes without a password',
    environment: { TIENG_LANG_BROKER_URL: 'mqtt://b', TIENG_LANG_BROKER_USERNAME: 'server' },
    setting: 'BROKER_PASSWORD',
  },
];

test.each(mistakes)('the setting is named when $why', ({ environment, setting }) => {
  const config = configOf(environment);
  const issues = !config.ok ? config.problem.issues : [];
  expect(new Set(issues.map((issue) => issue.setting))).toEqual(new Set([`TIENG_LANG_${setting}`]));
});

test('all mistakes are told at once, also unknown names in the file', () => {
  const config = configOf(
    { TIENG_LANG_HTTP_PORT: '-1', TIENG_LANG_LOG_LEVEL: 'loud' },
    { server: { htpPort: 1, colour: 'red' } },
  );
  expect(config.ok ? [] : config.problem.issues.map(({ setting }) => setting).sort()).toEqual([
    'TIENG_LANG_COLOUR',
    'TIENG_LANG_HTP_PORT',
    'TIENG_LANG_HTTP_PORT',
    'TIENG_LANG_LOG_LEVEL',
  ]);
});
