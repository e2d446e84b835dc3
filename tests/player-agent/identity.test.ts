import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readAgentConfig, settingsSchema, settingToVariable } from '#player-agent/config.ts';
import { nodeDisk } from '#player-agent/disk/node-disk.ts';
import { enrolSpeaker } from '#player-agent/enrol.ts';
import { grantPath, readIdentity } from '#player-agent/identity.ts';
import { runAgent } from '#player-agent/main.ts';
import { AGENT_VERSION } from '#player-agent/start-agent.ts';
import { lockFolder } from '#runtime/folder-lock.ts';
import { byteCodec, verifyEd25519 } from '#runtime/signing.ts';
import { enrolmentProofText, enrolmentRequestSchema } from '#schemas/enrolment.ts';
import { createFakeClock } from '#tests/support/fake-clock.ts';
import { temporaryFolder } from '#tests/support/temporary-folder.ts';
import { createStation } from './support/station.ts';

const grant = createStation(createFakeClock(0), () => undefined).grant();
const answering = (status: number, body: unknown): typeof fetch => {
  return async () => new Response(JSON.stringify(body), { status });
};
const serverUrl = 'http://server.test';
const code = 'abcd-efgh';

test('a speaker is enrolled with a key that is made on the box and proven, readable by it alone', async () => {
  const folder = await temporaryFolder();
  let asked: unknown;
  const fetchUrl: typeof fetch = async (_, init) => {
    asked = JSON.parse(String(init?.body));
    return new Response(JSON.stringify(grant), { status: 201 });
  };
  const enrolled = await enrolSpeaker({ serverUrl, code, folder, disk: nodeDisk, fetchUrl });
  expect(enrolled).toEqual({ ok: true, value: grant });
  const request = enrolmentRequestSchema.parse(asked);
  expect(JSON.stringify(asked)).not.toContain('PRIVATE');
  const isProven = verifyEd25519({
    publicKey: Buffer.from(request.publicKey, 'base64'),
    message: byteCodec.textToBytes(enrolmentProofText('ABCDEFGH', request.publicKey)),
    signature: Buffer.from(request.proof, 'base64'),
  });
  expect(isProven).toBe(true);
  expect(statSync(grantPath(folder)).mode & 0o777).toBe(0o600);
  expect(statSync(join(folder, 'identity', 'key.pem')).mode & 0o777).toBe(0o600);
  expect(await readIdentity(nodeDisk, folder)).toMatchObject({ ok: true, value: { grant } });
});

test('a machine that is enrolled is not enrolled again', async () => {
  const folder = await temporaryFolder();
  const options = { serverUrl, code, folder, disk: nodeDisk, fetchUrl: answering(201, grant) };
  await enrolSpeaker(options);
  expect(await enrolSpeaker(options)).toMatchObject({
    problem: { code: 'speakerAlreadyEnrolled' },
  });
});

test.each([
  {
    why: 'the code was used',
    fetchUrl: answering(404, { code: 'enrolmentCodeUnknown' }),
    problem: { code: 'enrolmentCodeUnknown' },
  },
  {
    why: 'somebody tried too often',
    fetchUrl: answering(429, { problem: { code: 'tooManyTries', retryAfterS: 30 } }),
    problem: { code: 'tooManyTries', retryAfterS: 30 },
  },
  {
    why: 'the address is that of something else',
    fetchUrl: answering(200, { hello: 1 }),
    problem: { code: 'serverUnreachable', url: serverUrl },
  },
  {
    why: 'nobody answers',
    fetchUrl: (async () => {
      throw new TypeError('fetch failed');
    }) as typeof fetch,
    problem: { code: 'serverUnreachable', url: serverUrl },
  },
])('an enrolment that fails leaves no identity behind: $why', async ({ fetchUrl, problem }) => {
  const folder = await temporaryFolder();
  const enrolled = await enrolSpeaker({ serverUrl, code, folder, disk: nodeDisk, fetchUrl });
  expect(enrolled).toEqual({ ok: false, problem });
  expect(await readIdentity(nodeDisk, folder)).toMatchObject({ problem: { code: 'notEnrolled' } });
});

test('a code that cannot be one is refused without asking', async () => {
  const folder = await temporaryFolder();
  const fetchUrl = answering(201, grant);
  const wrong = { serverUrl, code: '1234', folder, disk: nodeDisk, fetchUrl };
  expect(await enrolSpeaker(wrong)).toMatchObject({ problem: { code: 'enrolmentCodeUnknown' } });
});

test('two agents on one folder: the second is refused, and taken once the first has ended', async () => {
  const folder = await temporaryFolder();
  const first = await lockFolder(folder);
  expect(first.ok).toBe(true);
  expect(await lockFolder(folder)).toMatchObject({ problem: { code: 'alreadyRunning' } });
  if (first.ok) await first.value.release();
  const second = await lockFolder(folder);
  expect(second.ok).toBe(true);
  if (second.ok) await second.value.release();
});

test('an agent that was killed keeps nobody out', async () => {
  const folder = await temporaryFolder();
  const module = JSON.stringify(join(import.meta.dirname, '../../runtime/folder-lock.ts'));
  const script = `const { lockFolder } = await import(${module});
    const lock = await lockFolder(${JSON.stringify(folder)});
    process.stdout.write(String(lock.ok)); setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [said] = await once(child.stdout, 'data');
  expect(String(said)).toBe('true');
  expect(await lockFolder(folder)).toMatchObject({ problem: { code: 'alreadyRunning' } });
  child.kill('SIGKILL');
  await once(child, 'exit');
  const lock = await lockFolder(folder);
  expect(lock.ok).toBe(true);
  if (lock.ok) await lock.value.release();
});

test('all mistakes in the configuration are told at once, by the names that were used', () => {
  const environment = {
    TIENG_LANG_AGENT_MAX_CACHE_BYTES: 'much',
    TIENG_LANG_AGENT_SERVER_URL: 'ftp://x',
  };
  const read = readAgentConfig({ environment, file: { agent: { volum: 3 } } }, '/somewhere');
  const settings = read.ok ? [] : read.problem.issues.map(({ setting }) => setting);
  expect(settings.sort()).toEqual([
    'TIENG_LANG_AGENT_MAX_CACHE_BYTES',
    'TIENG_LANG_AGENT_SERVER_URL',
    'TIENG_LANG_AGENT_VOLUM',
  ]);
});

test('the environment goes before the file, and a relative folder counts from where one stands', () => {
  const environment = { TIENG_LANG_AGENT_LOG_LEVEL: 'warn' };
  const file = { agent: { logLevel: 'debug', folder: 'loa' } };
  const read = readAgentConfig({ environment, file }, '/somewhere');
  expect(read).toMatchObject({ ok: true, value: { logLevel: 'warn', folder: '/somewhere/loa' } });
});

test.each([
  {
    why: 'the folder cannot be written',
    environment: { TIENG_LANG_AGENT_FOLDER: '/dev/null/agent' },
    problem: { code: 'folderNotWritable', path: '/dev/null/agent' },
  },
  {
    why: 'the file of settings is not there',
    environment: { TIENG_LANG_CONFIG: '/nowhere/settings.json' },
    problem: { code: 'fileUnreadable', path: '/nowhere/settings.json' },
  },
])('an agent that cannot start says why: $why', async ({ environment, problem }) => {
  const started = await runAgent({ environment, workingFolder: '/' });
  expect(started).toEqual({ ok: false, problem });
});

test('an agent without an identity says how to get one', async () => {
  const folder = await temporaryFolder();
  const environment = { TIENG_LANG_AGENT_FOLDER: folder, TIENG_LANG_AGENT_LOG_LEVEL: 'silent' };
  const started = await runAgent({ environment, workingFolder: '/' });
  expect(started).toMatchObject({ ok: false, problem: { code: 'notEnrolled' } });
});

test('the version in records is the version of the package', () => {
  const path = join(import.meta.dirname, '../../package.json');
  expect(JSON.parse(readFileSync(path, 'utf8')).version).toBe(AGENT_VERSION);
});

test('every setting of the speaker is documented with its default', () => {
  const page = readFileSync(join(import.meta.dirname, '../../docs/speaker.md'), 'utf8');
  const rows = page.split('\n').filter((line) => line.startsWith('| `TIENG_LANG_AGENT_'));
  const documented = rows.map((row) => row.split('|')[2]?.trim());
  const settings = Object.keys(settingsSchema.shape);
  expect(documented.sort()).toEqual(settings.map((name) => `\`${name}\``).sort());
  for (const [name, value] of Object.entries(settingsSchema.parse({}))) {
    const row = rows.find((text) => text.includes(`\`${settingToVariable(name)}\``));
    const isEmpty = Array.isArray(value) && value.length === 0;
    expect(row?.split('|')[3], name).toContain(isEmpty ? 'none' : `\`${value}\``);
  }
});
