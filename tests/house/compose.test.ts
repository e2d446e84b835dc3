import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectAsync } from 'mqtt';
import { afterAll, describe, expect, test } from 'vitest';
import { readAgentConfig } from '#player-agent/config.ts';
import { deriveConfig } from '#server/config-derive.ts';
import { readSettings } from '#server/config-read.ts';
import { startMosquitto } from '#tests/support/mosquitto.ts';
import { interpolate, readComposeFile, variablesIn } from './compose-file.ts';
import { root } from './planted-tree.ts';
import { runProgram } from './run-tool.ts';

const { services, volumes } = readComposeFile();
const all = Object.entries(services).map(([name, service]) => ({ name, service }));
const serviceOf = (name: string) => {
  const service = services[name];
  if (service === undefined) throw new Error(`no service ${name}`);
  return service;
};

/** What an administrator writes into `.env`. */
const given = {
  TIENG_LANG_SITE: 'xa-mau',
  TIENG_LANG_HTTP_PUBLIC_URL: 'http://loa.example:8080',
  TIENG_LANG_MQTT_PUBLIC_URL: 'mqtt://loa.example:1883',
  TIENG_LANG_BROKER_PASSWORD: 'mat-khau-cua-may-chu',
  TIENG_LANG_S3_ACCESS_KEY_ID: 'may-chu',
  TIENG_LANG_S3_SECRET_ACCESS_KEY: 'khoa-cua-kho',
};
const environmentOf = (name: string) =>
  Object.fromEntries(
    Object.entries(serviceOf(name).environment).map(([key, value]) => [
      key,
      interpolate(String(value), given),
    ]),
  );

test('server, broker, clip store and one speaker are there', () => {
  expect(Object.keys(services)).toEqual(
    expect.arrayContaining(['server', 'broker', 'store', 'speaker']),
  );
});

describe.each(all)('the service $name', ({ service }) => {
  test('has a pinned image', () => {
    expect(service.image).toMatch(/^[a-z0-9/-]+:\d+\.\d+/);
    expect(service.image).not.toContain('latest');
  });

  test('comes back by itself and says whether it is well, unless it runs once', () => {
    const runsOnce = 'disable' in service.healthcheck;
    expect(service.restart).toBe(runsOnce ? 'no' : 'unless-stopped');
  });

  test('has no secret written down, nor a default for one', () => {
    const secrets = Object.entries(service.environment).filter(([key]) =>
      /PASSWORD|SECRET|ACCESS_KEY/.test(key),
    );
    for (const [, value] of secrets) {
      expect(variablesIn(String(value))).toMatchObject([{ mark: '?' }]);
    }
  });

  test('mounts only files that exist and volumes that are declared', () => {
    for (const source of service.volumes.map((volume) => volume.split(':')[0] ?? '')) {
      expect(source.startsWith('./') ? existsSync(join(root, source)) : source in volumes).toBe(
        true,
      );
    }
  });
});

test('every variable that is needed is known to this test, and so to the reader', () => {
  const text = readFileSync(join(root, 'docker-compose.yml'), 'utf8');
  const needed = variablesIn(text).filter(({ mark }) => mark === '?');
  expect(new Set(needed.map(({ name }) => name))).toEqual(new Set(Object.keys(given)));
});

test('the server understands its settings', () => {
  const settings = readSettings({ environment: environmentOf('server'), file: undefined });
  const config = settings.ok ? deriveConfig(settings.value, '/app') : settings;
  expect(config).toMatchObject({
    ok: true,
    value: {
      broker: { kind: 'external', url: 'mqtt://broker:1883', username: 'server' },
      clips: { kind: 's3', endpoint: 'http://store:8333', bucket: 'clips' },
      http: { publicUrl: given.TIENG_LANG_HTTP_PUBLIC_URL },
    },
  });
});

test('the speaker understands its settings and plays into nothing', () => {
  const sources = { environment: environmentOf('speaker'), file: undefined };
  expect(readAgentConfig(sources, '/app')).toMatchObject({
    ok: true,
    value: { folder: '/var/lib/tieng-lang', audioOutput: 'null', serverUrl: 'http://server:8080' },
  });
});

test('what the image is built from exists', () => {
  const dockerfile = readFileSync(join(root, 'Dockerfile'), 'utf8');
  const copied = [...dockerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(
    ([, sources = '']) => sources.split(' '),
  );
  const letIn = readFileSync(join(root, '.dockerignore'), 'utf8').split('\n');
  expect(copied.length).toBeGreaterThan(8);
  for (const source of copied) {
    expect(existsSync(join(root, source))).toBe(true);
    expect(letIn).toContain(`!${source}`);
  }
});

test('the image runs as nobody in particular', () => {
  expect(readFileSync(join(root, 'Dockerfile'), 'utf8')).toMatch(/^USER tieng-lang$/m);
});

describe('the broker’s first file of rights', () => {
  const folder = mkdtempSync(join(tmpdir(), 'policy-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, 'dynamic-security.json');
  const write = (env: NodeJS.ProcessEnv) =>
    runProgram(root, process.execPath, { args: ['server/write-broker-policy.ts', path], env });

  test('stands where the configuration looks for it', () => {
    const configuration = readFileSync(join(root, 'deploy/mosquitto/mosquitto.conf'), 'utf8');
    const [target] = serviceOf('broker-policy').command;
    expect(configuration).toContain(`plugin_opt_config_file ${target}`);
  });

  test('lets the server in and nobody else, when Debian’s mosquitto runs with it', async () => {
    expect(write(environmentOf('broker-policy')).output).toBe('');
    const running = await startMosquitto(readFileSync(path, 'utf8'));
    try {
      const options = { protocolVersion: 4, reconnectPeriod: 0 } as const;
      await expect(connectAsync(running.url, options)).rejects.toThrow();
      const username = 'server';
      const password = given.TIENG_LANG_BROKER_PASSWORD;
      const client = await connectAsync(running.url, { ...options, username, password });
      expect(client.connected).toBe(true);
      await client.endAsync();
    } finally {
      await running.end();
    }
  });

  test('is left alone once Mosquitto owns it', () => {
    writeFileSync(path, 'kept');
    expect(write(environmentOf('broker-policy')).status).toBe(0);
    expect(readFileSync(path, 'utf8')).toBe('kept');
  });

  test('is not written without the password, and the setting is named', () => {
    rmSync(path, { force: true });
    const { status, output } = write({ TIENG_LANG_STARTER_SLUG: 'xa-mau' });
    expect(status).toBe(1);
    expect(output).toContain('TIENG_LANG_BROKER_PASSWORD');
    expect(existsSync(path)).toBe(false);
  });
});

test('the broker has a bound on everything that can grow', () => {
  const configuration = readFileSync(join(root, 'deploy/mosquitto/mosquitto.conf'), 'utf8');
  const bounds = [
    'max_packet_size',
    'max_queued_messages',
    'max_queued_bytes',
    'max_inflight_messages',
    'persistent_client_expiration',
  ];
  for (const bound of bounds) expect(configuration).toMatch(new RegExp(`^${bound} [1-9]`, 'm'));
  expect(configuration).toMatch(/^allow_anonymous false$/m);
});
